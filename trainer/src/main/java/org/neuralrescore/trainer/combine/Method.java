// SPDX-License-Identifier: Apache-2.0
package org.neuralrescore.trainer.combine;

import java.util.Locale;

/** How factors and network are brought together. */
public enum Method {
  /** No network at all. */
  DOT(
      "the dot product of factors, calibrated to log-odds",
      "Rendle et al. 2020, Neural Collaborative Filtering vs. Matrix Factorization Revisited"),
  /** Factors first, then the scorer over them. */
  PIPELINE(
      "factors, then a network on the dot path over the finished factors",
      "He et al. 2017, Neural Collaborative Filtering, with the dot path of Rendle et al. 2020"),
  /** Factors and scorer by one loss. */
  JOINT(
      "L_NMF + lambda L_DL by projected gradient steps, from the factors",
      "He et al. 2017; projection: Lin 2007, Projected Gradient Methods for NMF"),
  /** More heads over the same factors. */
  MULTITASK(
      "score, rating and category heads over shared factors, beside L_NMF",
      "Caruana 1997, Multitask Learning"),
  /** Content to factors, factors to network. */
  TRANSFER(
      "a network on item content starts the factors, and the trained scorer starts the network",
      "Gantner et al. 2010, Learning Attribute-to-Feature Mappings; pre-training: He et al. 2017");

  private final String description;
  private final String paper;

  Method(String description, String paper) {
    this.description = description;
    this.paper = paper;
  }

  /** Whether no figure on real data shows where it wins. */
  public boolean experimental() {
    return this == JOINT || this == MULTITASK || this == TRANSFER;
  }

  /** Its name in options and reports, such as {@code joint}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One line on what it does. */
  public String description() {
    return description;
  }

  /** Where it comes from. */
  public String paper() {
    return paper;
  }
}
