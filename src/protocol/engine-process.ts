/** How the engine's Node process is started: by the extension, by the tests and by the benches alike. */

/**
 * Options of Node itself. Analysing Markdown leaves much garbage: in a young generation of 4 MB (Node's
 * own: 16) less of it grows old before it is collected, at no cost in time.
 */
export const engineNodeOptions: readonly string[] = ['--max-semi-space-size=4'];
