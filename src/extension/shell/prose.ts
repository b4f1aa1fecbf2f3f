/** The Markdown parser as a bundle of its own (esbuild.js): loaded when it is first needed, not at activation. */
export { proseSentences } from '../../text/prose';
