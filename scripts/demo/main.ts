import { randomUUID } from 'node:crypto';
import { Api } from './api';
import { BOOSTED_CASE, LSTM_CASE, OVERFIT_CASE, PLANTED_CASE, SP500_CASE } from './cases';
import { deployPhases } from './deploy-phases';
import type { Demo, RunningStack } from './context';
import { PhaseFailed, PhaseRunner, must, say, type DemoReport, type Verdict } from './phases';
import { CaseRun } from './research-case';
import { researchPhases } from './research-phases';
import { showSummary } from './summary';

/** Goes through every phase over HTTP; a failed phase ends the demo and is in the report. */
export async function runDemo(startStack: () => Promise<RunningStack>, isShort = false): Promise<DemoReport> {
  const runner = new PhaseRunner();
  const verdicts: Verdict[] = [];
  console.log(
    'Assay demo: from an idea to a paper trade, on real bars. Nothing below is prepared; every figure is computed now.',
  );
  try {
    let stack: RunningStack | undefined;
    await runner.run('stack', 'Start database, research, trade, portfolio and their workers', async (facts) => {
      stack = await startStack();
      facts.urls = stack.urls;
      say(`research ${stack.urls.research}   trade ${stack.urls.trade}   portfolio ${stack.urls.portfolio}`);
    });
    must(stack !== undefined, 'the stack did not start');
    const research = new Api(stack.urls.research, stack.adminKey);
    const demo: Demo = {
      research,
      trade: new Api(stack.urls.trade, stack.adminKey),
      portfolio: new Api(stack.urls.portfolio, stack.adminKey),
      stack,
      runner,
      cases: {
        sp500: new CaseRun(SP500_CASE, research),
        planted: new CaseRun(PLANTED_CASE, research),
        overfit: new CaseRun(OVERFIT_CASE, research),
        ...(isShort ? {} : { boosted: new CaseRun(BOOSTED_CASE, research), lstm: new CaseRun(LSTM_CASE, research) }),
      },
      isShort,
      verdicts,
      sessions: {},
      newId: randomUUID,
    };
    await researchPhases(demo);
    await deployPhases(demo);
    await showSummary(demo);
  } catch (error) {
    if (!(error instanceof PhaseFailed)) throw error;
  }
  return { phases: runner.phases, verdicts };
}
