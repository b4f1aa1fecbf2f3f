/** The page: run form and facts, the steps, the output and what lies behind them. */
import { announcement, state } from '../store';
import { Facts } from './facts';
import { Beam } from './beam';
import { Compare } from './compare';
import { Curve } from './curve';
import { Fixes } from './fixes';
import { LatticeView } from './lattice';
import { Lengths } from './lengths';
import { Modes } from './modes';
import { NoticeBar } from './notice';
import { Output } from './output';
import { RunForm } from './run-form';
import { Stage } from './stage';
import { StateMessage } from './state-message';
import { StepTable } from './step-table';
import { Timeline } from './timeline';
import { Votes } from './votes';

export function App() {
  const { steps, phase, replay } = state.value;
  const any = steps.length > 0;
  return (
    <>
      <header class="page-header">
        <h1 class="visually-hidden">Refinement Visualizer</h1>
        {!replay && <RunForm />}
        <Facts />
        <NoticeBar />
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
      <p class="visually-hidden" role="status">{announcement}</p>
    </>
  );
}
