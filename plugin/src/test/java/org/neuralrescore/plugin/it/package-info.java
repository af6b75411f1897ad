/** Drives a real Elasticsearch with the plugin's zip installed, over HTTP alone. */
package org.neuralrescore.plugin.it;
