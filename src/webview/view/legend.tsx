/** How to read the marks, and the switches for measure, digits and layout. */
import { levels, underlineOf, type Measure } from '../logic/confidence';
import { columns, dispatch, operations, state } from '../store';
import type { Layout } from '../logic/state';
import { OperationBars } from './operation-bars';

const measures: Record<Measure, string> = { confidence: 'Confidence', entropy: 'Entropy' };
const layouts: Record<Layout, string> = { aligned: 'Aligned', reading: 'Two texts' };

function Scale() {
  const { measure, digits } = state.value;
  return (
    <figure class="scale">
      <figcaption>{measure === 'confidence' ? 'Confidence' : 'Certainty e⁻ᴴ of the entropy'}</figcaption>
      <span class="quiet">unsure</span>
      <span class="swatches" aria-hidden="true">
        {Array.from({ length: levels }, (_, level) => (
          <span key={level} class={`swatch level-${level} underline-${underlineOf(level)}`}>{digits ? level : ''}</span>
        ))}
      </span>
      <span class="quiet">sure</span>
    </figure>
  );
}

export function Legend() {
  const { measure, digits, layout } = state.value;
  return (
    <div class="legend">
      <Scale />
      <ul class="marks" aria-label="Marks">
        <li><span class="token state-deleted"><span class="token-text">old</span></span> deleted</li>
        <li><span class="token state-masked"><span class="slot" /></span> empty slot</li>
        <li><span class="token plain-sample"><s class="before">old</s><span class="arrow">→</span>new</span> changed</li>
        {operations.value.size > 0 && <li><OperationBars operation={[0.9, 0.5, 0.7]} /> keep, delete, generate</li>}
      </ul>
      <div class="switches">
        <fieldset class="segments">
          <legend class="visually-hidden">Colour shows</legend>
          {Object.entries(measures).map(([name, title]) => (
            <label key={name}><input type="radio" name="measure" checked={measure === name} onChange={() => dispatch({ type: 'measure', measure: name as Measure })} /><span>{title}</span></label>
          ))}
        </fieldset>
        <fieldset class="segments">
          <legend class="visually-hidden">Layout</legend>
          {Object.entries(layouts).map(([name, title]) => (
            <label key={name} title={name === 'aligned' && !columns.value ? 'This draft does not follow the order of the source.' : undefined}>
              <input
                type="radio" name="layout" checked={(columns.value ? layout : 'reading') === name} disabled={name === 'aligned' && !columns.value}
                onChange={() => dispatch({ type: 'layout', layout: name as Layout })}
              />
              <span>{title}</span>
            </label>
          ))}
        </fieldset>
        <label class="check"><input type="checkbox" checked={digits} onChange={(event) => dispatch({ type: 'digits', digits: event.currentTarget.checked })} />Digits</label>
      </div>
    </div>
  );
}
