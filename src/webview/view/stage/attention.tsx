/**
 * Who sees whom in the shown pass: content and query rows of the decoders that write from left
 * to right, as a small matrix.
 */
import { useSignal } from '@preact/signals';
import { attentionOf, drawnStreams, type Attention as AttentionData, type Stream } from '../../logic/attention';
import { count, shown } from '../../logic/format';
import { state } from '../../store';
import { t } from '../../l10n';

const explanations: Record<AttentionData['mode'], string> = {
  write: t('Queries (?) predict the next block from all content, and see each other; only content stays in the cache.'),
  verify: t(
    'Each query (?) predicts the token after one content token, from what stands up to there; it sees no other query.',
  ),
};

const kindNames: Record<Stream['kind'], string> = { content: t('content'), query: t('query') };

const nameOf = ({ kind, text }: Stream): string =>
  kind === 'query' ? `?${text === '' ? '' : ` ${shown(text)}`}` : shown(text);

function Seen({ sees }: { sees: boolean }) {
  return (
    <td class={sees ? t('sees') : 'blind'}>
      <span class="visually-hidden">{sees ? t('sees') : t('does not see')}</span>
    </td>
  );
}

function Matrix({ attention }: { attention: AttentionData }) {
  const { streams, sees, source, earlier, mode } = attention;
  const drawn = drawnStreams(attention);
  const cached = [
    ...(source > 0
      ? [{ name: t('source ({0})', source), title: t('{0} of the source, in the cache', count(source, 'token')) }]
      : []),
    ...(earlier > 0
      ? [
          {
            name: t('before ({0})', earlier),
            title: t('{0} of the text so far, in the cache', count(earlier, 'token')),
          },
        ]
      : []),
  ];
  const classOf = (row: number) =>
    row > 0 && streams[row]!.kind === 'query' && streams[row - 1]!.kind === 'content' ? 'first-query' : undefined;
  return (
    <>
      <p class="quiet">
        {t("A filled cell: the row's token sees the column's.")} {explanations[mode]}{' '}
        {drawn.length < streams.length &&
          t('{0} of {1} rows are drawn, where content and queries meet.', drawn.length, streams.length)}
      </p>
      <div class="table-frame" role="region" aria-label={t('Attention table')} tabIndex={0} data-own-keys>
        <table class="attention">
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">{t('Token')}</span>
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
                  <span class="visually-hidden">{kindNames[streams[row]!.kind]}: </span>
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
        {t('Who sees whom in this pass')}{' '}
        <span class="quiet">
          {t('{0} content, {1}', content, count(attention.streams.length - content, 'query', 'queries'))}
        </span>
      </summary>
      {open.value && <Matrix attention={attention} />}
    </details>
  );
}
