/**
 * The features of the language client's library, as a bundle of its own (esbuild.js fills it in):
 * see load-language-client.ts.
 */
export {};
