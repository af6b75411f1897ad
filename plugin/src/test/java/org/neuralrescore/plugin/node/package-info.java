/**
 * The programs of the distribution that the build assembles for a release that has none on Maven
 * Central: they stand in its {@code lib} beside Elasticsearch's jars and know nothing of the tests.
 */
package org.neuralrescore.plugin.node;
