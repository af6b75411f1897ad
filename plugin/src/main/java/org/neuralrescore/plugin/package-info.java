/** The plugin. */
package org.neuralrescore.plugin;
