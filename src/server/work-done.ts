/** Progress of work that the server began by itself, shown by the client once the work has lasted a while. */
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver/node';

/** Milliseconds after which a person begins to wonder. */
const patience = 1_000;

export type Report = (done: number, total: number) => void;

/** @param shows whether the client shows such progress */
export async function withProgress<Result>(
  connection: Connection,
  shows: boolean,
  title: string,
  work: (report: Report) => Promise<Result>,
): Promise<Result> {
  if (!shows) return work(() => undefined);
  let reporter: WorkDoneProgressServerReporter | undefined;
  let over = false;
  const timer = setTimeout(() => {
    connection.window.createWorkDoneProgress().then(
      (created) => {
        if (over) return;
        reporter = created;
        reporter.begin(title, 0);
      },
      // A client that says it shows progress and refuses to: the work goes on without.
      () => undefined,
    );
  }, patience);
  let latest = 0;
  try {
    return await work((done, total) => {
      const percent = Math.floor((done / Math.max(total, 1)) * 100);
      if (percent === latest) return;
      latest = percent;
      reporter?.report(percent, `${done} of ${total} sentences`);
    });
  } finally {
    over = true;
    clearTimeout(timer);
    reporter?.done();
  }
}
