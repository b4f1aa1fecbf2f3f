/** One option of the decoder: a number, a box or a choice, what it means, and what is wrong with what was typed. */
import { decoderRecords } from '../../../protocol/decoders';
import type { OptionField } from '../../logic/options';
import { dispatch, state } from '../../store';
import { said, t } from '../../l10n';

const idOf = (name: string): string => `option-${name}`;

/** Bounds as part of the explanation, where they say more than "a share". */
function boundsOf({ option }: OptionField): string {
  return option.kind === 'number' && option.most < 1000
    ? t(' ({0} to {1})', option.least, option.most).replace('-', '−')
    : '';
}

function NumberField(field: OptionField) {
  const { name, option, usual, shown, problem } = field;
  const { whole } = option as Extract<OptionField['option'], { kind: 'number' }>;
  return (
    <input
      type="text"
      id={idOf(name)}
      inputMode={whole ? 'numeric' : 'decimal'}
      autocomplete="off"
      value={shown as string}
      placeholder={usual === undefined ? t('automatic') : String(usual)}
      aria-invalid={problem !== undefined}
      aria-describedby={`${idOf(name)}-about`}
      aria-errormessage={problem ? `${idOf(name)}-problem` : undefined}
      onInput={(event) => dispatch({ type: 'option', name, entered: event.currentTarget.value })}
    />
  );
}

function Choice({ name, option, usual, shown }: OptionField) {
  const { choices } = option as Extract<OptionField['option'], { kind: 'choice' }>;
  return (
    <select
      id={idOf(name)}
      value={shown as string}
      aria-describedby={`${idOf(name)}-about`}
      onChange={(event) => dispatch({ type: 'option', name, entered: event.currentTarget.value })}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice === usual ? t('{0} (usual)', choice) : choice}
        </option>
      ))}
    </select>
  );
}

const Box = ({ name, shown }: OptionField) => (
  <input
    type="checkbox"
    id={idOf(name)}
    checked={shown as boolean}
    aria-describedby={`${idOf(name)}-about`}
    onChange={(event) => dispatch({ type: 'option', name, entered: event.currentTarget.checked })}
  />
);

export function Option(field: OptionField) {
  const { name, option, problem, differs } = field;
  const control =
    option.kind === 'number' ? (
      <NumberField {...field} />
    ) : option.kind === 'choice' ? (
      <Choice {...field} />
    ) : (
      <Box {...field} />
    );
  return (
    <div class={`option option-${option.kind}${differs ? ' differs' : ''}`}>
      <label for={idOf(name)}>
        {t(option.title)}
        {differs && <span class="visually-hidden">{t(', not as usual')}</span>}
      </label>
      {control}
      {/* Both have the same place, so that a wrong value moves nothing.
          The live region stands before there is something to tell. */}
      <p class="option-words">
        <span id={`${idOf(name)}-about`} class={problem ? 'quiet covered' : 'quiet'}>
          {t(option.about)}
          {boundsOf(field)}.
        </span>
        <span id={`${idOf(name)}-problem`} class="option-problem" role="alert">
          {problem && `${t(option.title)} ${said(problem)}.`}
        </span>
      </p>
    </div>
  );
}

/** What a decoder without options says. */
export const noOptions = (): string => t('{0} has no options.', t(decoderRecords[state.value.request.decoder].title));
