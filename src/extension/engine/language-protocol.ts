/** The middle part of the language client's library, as a bundle of its own: see load-language-client.ts. */
export * from 'vscode-languageserver-protocol/node';
