/**
 * nar-text mcp: serves the tools to an agent until it goes. The protocol's library is loaded for this command alone.
 */
import { exitCodes, type Session } from '../session';

export async function mcpCommand(session: Session): Promise<number> {
  const { serve } = await import('../mcp/server');
  await serve(session);
  return exitCodes.done;
}
