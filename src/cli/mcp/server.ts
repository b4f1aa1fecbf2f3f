/** The Model Context Protocol over standard input and output: the tools for agents. Nothing else is printed there. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { version } from '../../../package.json';
import type { Engine, RequestContext } from '../../engine/engine';
import { CancelledError, messageOf } from '../../engine/errors';
import { runTool, type TextServices } from '../../protocol/run-tool';
import { toolDescriptions, toolNames } from '../../protocol/tools';
import type { Session } from '../session';
import { foldersOf, standingOf } from './standing';

const instructions =
  'Proofreads, rewrites and summarizes English technical prose with small models on this machine; no text leaves it.';

/** A client that does not answer keeps no call waiting for longer. */
const rootsMilliseconds = 2000;

function servicesOf(engine: Engine, context: RequestContext): TextServices {
  return {
    correct: (params) => engine.correct(params, context),
    paraphrase: (params) => engine.paraphrase(params, context),
    summarize: (params) => engine.summarize(params, context),
  };
}

/** Folders that the client works in; none of a client that does not tell. */
async function rootsOf(server: Server): Promise<string[]> {
  if (!server.getClientCapabilities()?.roots) return [];
  try {
    const { roots } = await server.listRoots(undefined, { timeout: rootsMilliseconds });
    return foldersOf(roots.map(({ uri }) => uri));
  } catch {
    return []; // It said that it would tell, and does not.
  }
}

/** Resolves when the client has gone. */
export async function serve({ engine, guard, projects }: Session): Promise<void> {
  const server = new Server(
    { name: 'nar-text', title: 'NAR Text Tools', version },
    { capabilities: { tools: {} }, instructions },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: toolNames.map((name) => ({
      name,
      ...toolDescriptions[name],
      annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra): Promise<CallToolResult> => {
    const { name, arguments: input, _meta } = params;
    const progressToken = _meta?.progressToken;
    const onProgress = (progress: number, total: number): void => {
      if (progressToken === undefined) return;
      void extra.sendNotification({ method: 'notifications/progress', params: { progressToken, progress, total } });
    };
    const services = servicesOf(engine, { signal: extra.signal, onProgress });
    const text = typeof input?.['text'] === 'string' ? input['text'] : '';
    try {
      const folders = await rootsOf(server);
      const answer = await guard.run(`The text of ${name}`, text, () =>
        runTool(name, input ?? {}, services, (file) => standingOf(file, folders, projects)),
      );
      return { content: [{ type: 'text', text: answer.text }], structuredContent: answer.data };
    } catch (error) {
      if (error instanceof CancelledError) throw error;
      // An error that the model is to read and to act on, as the protocol wishes.
      return { isError: true, content: [{ type: 'text', text: messageOf(error) }] };
    }
  });
  const gone = new Promise<void>((resolve) => {
    server.onclose = () => resolve();
    process.stdin.once('end', () => void server.close());
  });
  await server.connect(new StdioServerTransport());
  await gone;
}
