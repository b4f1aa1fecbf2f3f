/** How to read the marks, and the switches for measure, digits and layout. */
import { underlineOf, type Measure } from '../../logic/confidence';
import { measureTexts } from '../../logic/measures';
import { alignable, dispatch, fieldTerms, operations, state } from '../../store';
import type { Layout } from '../../logic/state';
import { OperationBars } from './operation-bars';
import { t } from '../../l10n';

const layouts: Record<Layout, string> = { aligned: t('Aligned'), reading: t('Two texts') };

function Scale() {
  const { measure, digits } = state.value;
  const { caption, low, high, swatches } = measureTexts[measure];
  return (
    <figure class="scale">
      <figcaption>{caption}</figcaption>
      <span class="quiet">{low}</span>
      <span class="swatches" aria-hidden="true">
        {swatches.map(({ level, digit }, index) => (
          <span key={index} class={`swatch level-${level} underline-${underlineOf(level)}`}>
            {digits ? digit : ''}
          </span>
        ))}
      </span>
      <span class="quiet">{high}</span>
    </figure>
  );
}

export function Legend() {
  const { measure, digits, layout } = state.value;
  const measures = Object.entries(measureTexts).filter(
    ([name]) => name !== 'entropy' || fieldTerms.value || measure === 'entropy',
  );
  return (
    <div class="legend">
      <Scale />
      <ul class="marks" aria-label={t('Marks')}>
        <li>
          <span class="token state-deleted">
            <span class="token-text">{t('old')}</span>
          </span>{' '}
          {t('deleted')}
        </li>
        <li>
          <span class="token state-masked">
            <span class="slot" />
          </span>{' '}
          {t('empty slot')}
        </li>
        <li>
          <span class="token plain-sample">
            <s class="before">{t('old')}</s>
            <span class="arrow">→</span>
            {t('new')}
          </span>{' '}
          {t('changed')}
        </li>
        {operations.value.size > 0 && (
          <li>
            <OperationBars operation={[0.9, 0.5, 0.7]} /> {t('keep, delete, generate')}
          </li>
        )}
      </ul>
      <div class="switches">
        <fieldset class="segments">
          <legend class="visually-hidden">{t('Colour shows')}</legend>
          {measures.map(([name, { title }]) => (
            <label key={name}>
              <input
                type="radio"
                name="measure"
                checked={measure === name}
                onChange={() => dispatch({ type: 'measure', measure: name as Measure })}
              />
              <span>{title}</span>
            </label>
          ))}
        </fieldset>
        <fieldset class="segments">
          <legend class="visually-hidden">{t('Layout')}</legend>
          {Object.entries(layouts).map(([name, title]) => (
            <label
              key={name}
              title={
                name === 'aligned' && !alignable.value
                  ? t('This draft does not follow the order of the source.')
                  : undefined
              }
            >
              <input
                type="radio"
                name="layout"
                checked={(alignable.value ? layout : 'reading') === name}
                disabled={name === 'aligned' && !alignable.value}
                onChange={() => dispatch({ type: 'layout', layout: name as Layout })}
              />
              <span>{title}</span>
            </label>
          ))}
        </fieldset>
        <label class="check">
          <input
            type="checkbox"
            checked={digits}
            onChange={(event) => dispatch({ type: 'digits', digits: event.currentTarget.checked })}
          />
          {t('Digits')}
        </label>
      </div>
    </div>
  );
}
