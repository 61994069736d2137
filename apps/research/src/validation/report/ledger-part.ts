import { DAY_MS } from '@assay/primitives';
import {
  figureText,
  inWords,
  isIn,
  listIn,
  NONE,
  numberIn,
  percentText,
  recordIn,
  timeText,
} from '../../reports/figures';
import { histogramPicture } from '../../reports/histogram-picture';
import { linePicture } from '../../reports/line-picture';
import { html, type Content, type Markup } from '../../reports/markup';
import { factsTable } from '../../reports/tables';
import type { ValidationReportDto } from './report.response';
import { sweepPart } from './sweep-part';

/** What was tried, when, and where of it the revision lies; and what else was looked at before it was judged. */
export function ledgerPart(report: ValidationReportDto): Markup {
  const { ledger, information } = report;
  const { as_judged: judged, now } = ledger;
  const range = judged?.effective_range;
  const look = recordIn(information, 'look_ahead');
  const quality = recordIn(information, 'quality');
  const warnings = listIn(quality, 'warnings').map(String);
  return html`<h2>Trial ledger and audits</h2>
    ${factsTable([
      ['Trials of the lineage when judged', figureText(judged?.trials)],
      ['Trials made elsewhere, as declared, when judged', figureText(judged?.declared_outside)],
      ['Effective number of both', range ? range.map(figureText).join(' to ') : NONE],
      ['All trials of the owner on these bars when judged', figureText(judged?.owner_trials_on_this_data)],
      ['Trials of the lineage at the time of this report', figureText(now.trials)],
      ['Deflated Sharpe at all trials of the owner', figureText(numberIn(information, 'dsr_at_owner_trials'))],
      [
        'Look-ahead audit',
        isIn(information, 'look_ahead')
          ? `${listIn(look, 'cuts').length} cuts, ${figureText(numberIn(look, 'compared'))} values compared bit for bit, seed ${figureText(numberIn(look, 'seed'))}`
          : 'not made',
      ],
      [
        'Quality of the bars',
        isIn(information, 'quality')
          ? `${figureText(numberIn(quality, 'errors'))} errors; ${warnings.length === 0 ? 'no warnings' : `warnings ${warnings.map(inWords).join(', ').toLowerCase()}`}`
          : 'not judged',
      ],
      ...listIn(quality, 'acknowledged').map((one): [string, Content] => {
        const { code, reason, at } = one as Record<string, unknown>;
        return [`Acknowledged: ${inWords(String(code)).toLowerCase()}`, `${String(reason)} (${timeText(at)})`];
      }),
    ])}
    ${timelinePicture(report)} ${logitsPart(information)} ${sweepPart(report)}`;
}

const dayText = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

/** How many trials there were on each day, with those declared of elsewhere where there are any. */
function timelinePicture({ timeline, gates_at: judged, made_at: made }: ValidationReportDto): Markup | null {
  const { days, declared } = timeline;
  if (days.length === 0) return null;
  const midnight = (time: string): number => Date.parse(time.slice(0, 10));
  // a step goes up within its day
  const changes = [
    ...days.map(({ day, trials }) => ({ at: midnight(day), trials, outside: 0 })),
    ...declared.map(({ at, trials }, i) => ({
      ...{ at: midnight(at), trials: 0, outside: trials - (declared[i - 1]?.trials ?? 0) },
    })),
  ].sort((a, b) => a.at - b.at);
  let [own, all] = [0, 0];
  const steps = [{ at: changes[0]!.at - DAY_MS, own, all }];
  for (const { at, trials, outside } of changes) {
    steps.push({ at, own, all });
    own += trials;
    all += trials + outside;
    steps.push({ at, own, all });
  }
  steps.push({ at: Math.max(steps.at(-1)!.at, midnight(made)) + DAY_MS, own, all });
  const lines = [{ name: 'trials of the lineage', values: steps.map((step) => step.own) }];
  if (declared.length > 0)
    lines.push({ name: 'with those declared of elsewhere', values: steps.map((step) => step.all) });
  return (
    linePicture(
      'Trials of the ledger, day by day',
      steps.map(({ at }) => dayText(at)),
      lines,
      {
        ...{ at: steps.map(({ at }) => at), height: 170, note: 'What is tried after a judgement counts in the next.' },
        moment: judged === null ? undefined : { at: midnight(judged), name: 'judged' },
      },
    ) ?? null
  );
}

/** Where the logits of PBO lie; nothing where they were not kept. */
function logitsPart(information: ValidationReportDto['information']): Markup | null {
  const pbo = recordIn(information, 'pbo');
  const logits = recordIn(pbo, 'logits');
  const numbers = (key: string): number[] => listIn(logits, key).filter((value) => typeof value === 'number');
  const [value, splits] = [numberIn(pbo, 'value'), numberIn(logits, 'splits')];
  if (value === null || splits === null) return null;
  return html`<h3>Probability of backtest overfitting</h3>
    <p>
      The best of ${figureText(numberIn(pbo, 'trials'))} trials on one half of the bars, ranked on the other half, in
      ${figureText(splits)} splits: a logit of 0 is the middle rank. In ${percentText(value)} of them it is in the worse
      half, and in ${percentText(numberIn(pbo, 'loss_probability'))} it loses.
    </p>
    ${histogramPicture(
      'Logits of the rank out of sample, how many splits',
      { edges: numbers('edges'), counts: numbers('counts') },
      { at: 0, below: `worse half: ${percentText(value)}`, above: `better half: ${percentText(1 - value)}` },
    )}`;
}
