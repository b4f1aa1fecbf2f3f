/** The page: run form and facts, the steps, the output and what lies behind them. */
import { announcement, state } from '../store';
import { Facts } from './parts/facts';
import { Beam } from './steps/beam';
import { Compare } from './compare/compare';
import { Curve } from './curve/curve';
import { Introduction } from './parts/introduction';
import { Fixes } from './fixes/fixes';
import { LatticeView } from './steps/lattice';
import { Lengths } from './steps/lengths';
import { Modes } from './steps/modes';
import { NoticeBar } from './parts/notice';
import { Output } from './parts/output';
import { RunForm } from './form/run-form';
import { Stage } from './stage/stage';
import { StateMessage } from './parts/state-message';
import { StepTable } from './steps/step-table';
import { Timeline } from './steps/timeline';
import { Votes } from './steps/votes';
import { t } from '../l10n';

export function App() {
  const { steps, phase, replay } = state.value;
  const any = steps.length > 0;
  return (
    <>
      <header class="page-header">
        <h1 class="visually-hidden">{t('Refinement Visualizer')}</h1>
        {!replay && <RunForm />}
        {!any && <NoticeBar />}
        <Introduction />
        <Facts />
      </header>
      <main aria-busy={phase === 'running'}>
        <StateMessage />
        {any && <Stage />}
        {any && <LatticeView />}
        {any && <Modes />}
        {any && <Votes />}
        {any && <Timeline />}
        {any && <Output />}
        {any && <Fixes />}
        {any && !replay && <Compare />}
        {any && !replay && <Curve />}
        {any && (
          <div class="details">
            <Beam />
            <Lengths />
            <StepTable />
          </div>
        )}
      </main>
      <p class="visually-hidden" role="status">
        {announcement}
      </p>
    </>
  );
}
