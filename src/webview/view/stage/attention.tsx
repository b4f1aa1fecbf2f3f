/**
 * Who sees whom in the shown pass: content and query rows of the decoders that write from left
 * to right, as a small matrix.
 */
import { useSignal } from '@preact/signals';
import { attentionOf, drawnStreams, type Attention as AttentionData, type Stream } from '../../logic/attention';
import { count, shown } from '../../logic/format';
import { state } from '../../store';

const explanations: Record<AttentionData['mode'], string> = {
  write: 'Queries (?) predict the next block from all content, and see each other; only content stays in the cache.',
  verify:
    'Each query (?) predicts the token after one content token, from what stands up to there; it sees no other query.',
};

const nameOf = ({ kind, text }: Stream): string =>
  kind === 'query' ? `?${text === '' ? '' : ` ${shown(text)}`}` : shown(text);

function Seen({ sees }: { sees: boolean }) {
  return (
    <td class={sees ? 'sees' : 'blind'}>
      <span class="visually-hidden">{sees ? 'sees' : 'does not see'}</span>
    </td>
  );
}

function Matrix({ attention }: { attention: AttentionData }) {
  const { streams, sees, source, earlier, mode } = attention;
  const drawn = drawnStreams(attention);
  const cached = [
    ...(source > 0
      ? [{ name: `source (${source})`, title: `${count(source, 'token')} of the source, in the cache` }]
      : []),
    ...(earlier > 0
      ? [{ name: `before (${earlier})`, title: `${count(earlier, 'token')} of the text so far, in the cache` }]
      : []),
  ];
  const classOf = (row: number) =>
    row > 0 && streams[row]!.kind === 'query' && streams[row - 1]!.kind === 'content' ? 'first-query' : undefined;
  return (
    <>
      <p class="quiet">
        A filled cell: the row's token sees the column's. {explanations[mode]}
        {drawn.length < streams.length &&
          ` ${drawn.length} of ${streams.length} rows are drawn, where content and queries meet.`}
      </p>
      <div class="table-frame" role="region" aria-label="Attention table" tabIndex={0} data-own-keys>
        <table class="attention">
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">Token</span>
              </th>
              {cached.map(({ name, title }) => (
                <th scope="col" key={name} title={title}>
                  <span class="attention-name">{name}</span>
                </th>
              ))}
              {drawn.map((column) => (
                <th scope="col" key={column} class={classOf(column)}>
                  <span class="attention-name">{nameOf(streams[column]!)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {drawn.map((row) => (
              <tr key={row} class={classOf(row)}>
                <th scope="row">
                  <span class="visually-hidden">{streams[row]!.kind}: </span>
                  {nameOf(streams[row]!)}
                </th>
                {cached.map(({ name }) => (
                  <Seen key={name} sees />
                ))}
                {drawn.map((column) => (
                  <Seen key={column} sees={sees[row]![column]!} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

export function Attention() {
  const open = useSignal(false);
  const { steps, stepIndex, trace, shown: request } = state.value;
  const attention = attentionOf(steps, stepIndex, trace?.options ?? request?.options ?? {});
  if (!attention) return null;
  const content = attention.streams.filter(({ kind }) => kind === 'content').length;
  return (
    <details
      class="more"
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary>
        Who sees whom in this pass{' '}
        <span class="quiet">
          {content} content, {count(attention.streams.length - content, 'query', 'queries')}
        </span>
      </summary>
      {open.value && <Matrix attention={attention} />}
    </details>
  );
}
