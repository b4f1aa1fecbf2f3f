/** What agents and other extensions get, with the real engine. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/extension/api/api';
import { toolNames } from '../../src/protocol/tools';
import { activated } from './support';

describe('for agents and other extensions', () => {
  const text = 'We recieve mail in order to read it. It is `teh` code.';

  it('the exported interface corrects, rewrites and summarizes', async () => {
    const api: ExtensionApi = await activated();
    assert.equal(api.apiVersion, 1);
    assert.equal(await api.Proofreader.availability(), 'available');
    const proofreader = await api.Proofreader.create();
    const { correctedInput, corrections } = await proofreader.proofread(text);
    assert.equal(correctedInput, text.replace('recieve', 'receive'));
    assert.deepEqual(
      corrections.map(({ startIndex, endIndex, correction }) => [startIndex, endIndex, correction]),
      [[3, 10, 'receive']],
    );
    const rewriter = await api.Rewriter.create({ length: 'shorter' });
    assert.match(await rewriter.rewrite(text), /mail to read it/);
    const summarizer = await api.Summarizer.create();
    assert.ok((await summarizer.summarize(text)).length > 10);
    proofreader.destroy();
    await assert.rejects(proofreader.proofread(text), { name: 'InvalidStateError' });
  });

  it('the language model tools are there and answer', async () => {
    await activated();
    const names = toolNames.map((name) => `nar_text_${name}`);
    assert.deepEqual(
      names.filter((name) => !vscode.lm.tools.some((tool) => tool.name === name)),
      [],
    );
    const call = async (name: string, input: object): Promise<string> => {
      const { content } = await vscode.lm.invokeTool(`nar_text_${name}`, { input, toolInvocationToken: undefined });
      return content.map((part) => (part as vscode.LanguageModelTextPart).value).join('\n');
    };
    assert.match(await call('correct', { text }), /We receive mail/);
    assert.match(await call('rewrite', { text, mode: 'shorter' }), /mail to read it/);
    assert.match(await call('correct', { text, format: 'docx' }), /"format" must be one of/);
  });
});
