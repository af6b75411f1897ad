package org.neuralrescore.trainer.demo;

import java.nio.file.Path;
import org.neuralrescore.trainer.pipeline.TrainingOptions;

/**
 * What a demonstration does.
 *
 * @param name of the model, its indices and its alias
 * @param query searched before and after
 * @param size hits a list shows
 * @param training options of the training run
 * @param work a folder for what is not kept
 * @param version of this software
 * @param keep leave the node up
 */
public record DemoOptions(
    String name,
    String query,
    int size,
    TrainingOptions training,
    Path work,
    String version,
    boolean keep) {}
