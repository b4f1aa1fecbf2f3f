/** The Markdown parser as a bundle of its own (esbuild.js): loaded when it is first needed, not at activation. */
export { foreignSentences } from '../../text/natural-language';
export { grammarReady, proseSentences } from '../../text/prose';
