// Stands for the extension in the harness: keeps every message of the panel in `window.posted` and answers as the real
// host does. Query: trace (a name under the fixtures), decoders (what the model runs, with commas; default: what the
// shipped model runs), live (milliseconds between steps), origin=0 (not opened on a document), fail, empty.
(() => {
  const query = new URLSearchParams(location.search);
  window.posted = [];
  // The shipped model has no CTC head, no transition table, no links and no n-grams.
  const shipped = [
    'levenshtein',
    'levenshtein-draft',
    'insertion',
    'voting',
    'edit-tags',
    'fast-correct',
    'single-pass',
    'mask-predict',
    'mist',
    'autoregressive',
    'inat',
    'llada',
    'dream',
    'fast-dllm',
    'remdm',
    'mist-cached',
    'semi-autoregressive',
    'blockwise-parallel',
    'noisy-parallel',
    'janus',
    'bang',
  ];
  const send = (message) => window.postMessage(message, location.origin);
  let runNumber = 0;

  async function play(request) {
    const runId = `run-${++runNumber}`;
    send({ type: 'runStarted', runId, request });
    if (query.has('fail')) {
      send({
        type: 'runFailed',
        runId,
        message:
          'The model folder "models/nar-base" is missing its file tokenizer.json. Reinstall the model with "NAR: Import Model".',
        cancelled: false,
      });
      return;
    }
    if (query.has('wait')) return;
    const trace = await (await fetch(`/traces/${query.get('trace') ?? 'correction'}.json`)).json();
    const pause = Number(query.get('live') ?? 0);
    window.cancelled = false;
    for (const step of trace.steps) {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      if (window.cancelled) {
        send({ type: 'runFailed', runId, message: '', cancelled: true });
        return;
      }
      send({ type: 'steps', runId, steps: [step] });
    }
    send({ type: 'runFinished', runId, trace });
  }

  async function receive(message) {
    window.posted.push(message);
    if (message.type === 'ready') {
      const tellDecoders = () => send({ type: 'decoders', decoders: query.get('decoders')?.split(',') ?? shipped });
      if (message.runId) {
        tellDecoders();
        return;
      }
      const trace = await (await fetch(`/traces/${query.get('trace') ?? 'correction'}.json`)).json();
      const request = query.has('empty')
        ? { text: '', task: 'fix', format: 'markdown', decoder: 'levenshtein', options: {} }
        : {
            text: trace.sourceText,
            task: trace.task,
            format: 'markdown',
            decoder: trace.system,
            options: trace.options,
          };
      const origin = {
        uri: 'file:///docs/server.md',
        start: 120,
        end: 120 + trace.sourceText.length,
        text: trace.sourceText,
        label: 'server.md, line 12',
      };
      send({
        type: 'init',
        request,
        run: !query.has('empty'),
        ...(query.get('origin') === '0' || query.has('empty') ? {} : { origin }),
      });
      tellDecoders();
      if (!query.has('empty')) await play(request);
    } else if (message.type === 'run') await play(message.request);
    else if (message.type === 'sideRun') {
      const { key, request } = message;
      if (query.has('sideFail')) {
        send({
          type: 'sideRun',
          key,
          request,
          failure: 'The text has 500 tokens; a trace shows at most 380. Select less text.',
        });
        return;
      }
      // One trace for each decoder; `sideSame` answers with the shown one.
      const name = query.has('sideSame')
        ? query.get('trace')
        : ({ levenshtein: 'correction', autoregressive: 'autoregressive' }[request.decoder] ?? 'mask-predict');
      const answer = await fetch(`/traces/${query.get(`side-${key}`) ?? name}.json`);
      const trace = await answer.json();
      // Points of a curve: the same text, sooner or later, less or more sure.
      if (query.has('curve')) {
        const passes = request.options.passes ?? 20;
        Object.assign(trace, {
          passes: passes + 1,
          milliseconds: 6 + 5.6 * passes,
          output: passes < 5 ? trace.output.replace('folder', 'directory') : trace.output,
        });
        trace.steps.at(-1).score = -0.6 / (1 + passes);
      }
      send({ type: 'sideRun', key, request, trace });
    } else if (message.type === 'cancel') window.cancelled = true;
    else if (message.type === 'copy') send({ type: 'notice', level: 'information', message: 'Copied.' });
  }

  window.acquireVsCodeApi = () => ({
    postMessage: (message) => {
      void receive(structuredClone(message));
    },
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
})();
