import { METRIC_KEYS, METRICS } from '@assay/quant';
import {
  figureText,
  inWords,
  isIn,
  listIn,
  metricText,
  NONE,
  numberIn,
  percentText,
  recordIn,
  timeText,
} from '../../reports/figures';
import { linePicture } from '../../reports/line-picture';
import { html, type Content, type Markup } from '../../reports/markup';
import { pageOf } from '../../reports/page';
import { barPicture, spansPicture, type SpanRow } from '../../reports/pictures';
import { factsTable, table } from '../../reports/tables';
import type { GateVerdictDto, PolicyVerdictDto } from '../validation.response';
import type { ValidationReportDto } from './report.response';

/** The report as one page of HTML. */
export function reportPage(report: ValidationReportDto): string {
  const { strategy, conclusion, notes, gates_at: judged } = report;
  const title = `Validation of ${strategy.name}, revision ${strategy.revision}`;
  return pageOf(
    title,
    html`<p class="dim">
        ${strategy.universe.join(', ')} ${strategy.timeframe}; ${inWords(strategy.status).toLowerCase()}; gates judged
        ${timeText(judged)}; this report made ${timeText(report.made_at)}.
      </p>
      <p class="conclusion">${conclusion}</p>
      <ul>
        ${notes.map((note) => html`<li>${note}</li>`)}
      </ul>
      ${policiesPart(report)} ${backtestPart(report)} ${walkForwardPart(report)} ${cpcvPart(report)}
      ${ledgerPart(report)} ${holdoutPart(report)} ${hashesPart(report)}`,
  );
}

const verdict = ({ passed, informational }: GateVerdictDto): Markup =>
  passed === null
    ? html`<span class="dim">${informational ? 'shown' : 'not judged'}</span>`
    : passed
      ? html`<span class="yes">passed ✓</span>`
      : html`<span class="no">refused ✕</span>`;

function policyPart({ title, version, passed, paper_only: paperOnly, words, gates }: PolicyVerdictDto): Markup {
  const rows = gates.map((gate) => [
    html`<strong>${gate.title}</strong><br /><span class="dim">${gate.asks}</span>`,
    verdict(gate),
    figureText(gate.value),
    figureText(gate.threshold),
    gate.words,
  ]);
  const heads: [string, boolean][] = [
    ['Gate', false],
    ['Verdict', false],
    ['Seen', true],
    ['Threshold', true],
    ['In words', false],
  ];
  const says = passed === null ? 'not decided' : passed ? 'passed' : 'refused';
  return html`<h3>${title}, version ${version}: ${says}${paperOnly ? ' (good for paper only)' : ''}</h3>
    <p>${words}</p>
    <div class="prose">${table(heads, rows)}</div>`;
}

const policiesPart = ({ policies }: ValidationReportDto): Markup =>
  html`<h2>Gates</h2>
    ${policies.length === 0 ? html`<p>Not judged.</p>` : policies.map(policyPart)}`;

function backtestPart({ backtest }: ValidationReportDto): Markup {
  if (!backtest)
    return html`<h2>Backtest</h2>
      <p>The gates rest on no backtest.</p>`;
  const { metrics, reasons, buy_hold_metrics: held, courses } = backtest;
  const rows = METRIC_KEYS.filter((key) => key in metrics).map((key) => {
    const { name, unit, definition } = METRICS[key];
    return [name, metricText(metrics, reasons, key, unit), metricText(held, {}, key, unit), definition];
  });
  const [own, hold] = courses.equity;
  return html`<h2>Backtest</h2>
    <p>
      Engine ${backtest.engine}, mode ${backtest.request.mode}, filled at
      ${inWords(backtest.request.fill).toLowerCase()}, after costs of ${costsText(backtest.request.costs)}. Over all
      scored bars, in sample and out: it is no evidence by itself.
    </p>
    ${linePicture('Value of 1, after costs', courses.times, [
      { name: 'the strategy', values: own ?? [] },
      { name: 'buying and holding', values: hold ?? [] },
    ])}
    ${table(
      [
        ['Metric', false],
        ['Strategy', true],
        ['Buy and hold', true],
        ['What it is', false],
      ],
      rows,
    )}`;
}

const costsText = (costs: object): string =>
  Object.entries(costs)
    .filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => `${inWords(name).toLowerCase()} ${String(value)}`)
    .join(', ') || 'nothing';

const spanOf = (given: unknown): [string, string][] => {
  const list = Array.isArray(given) ? (given as unknown[]) : [];
  const isSpan = (one: unknown): one is [string, string] =>
    Array.isArray(one) && one.length === 2 && one.every((time) => typeof time === 'string');
  return isSpan(list) ? [list] : list.filter(isSpan);
};
const spansText = (given: unknown): string =>
  spanOf(given)
    .map(([from, to]) => `${timeText(from)} to ${timeText(to)}`)
    .join('; ');

const rowsOf = (runs: readonly unknown[], name: string): SpanRow[] =>
  runs.map((run, i) => ({
    name: `${name} ${i + 1}`,
    train: spanOf(recordIn(run, 'train')),
    test: spanOf(recordIn(run, 'test')),
  }));

/** A figure, or why there is none. */
const figureOr = (run: unknown, key: string, text: (value: unknown) => string): string => {
  const value = numberIn(run, key);
  return value === null ? String(recordIn(run, 'reasons')[key] ?? NONE) : text(value);
};

const thresholdOf = ({ policies }: ValidationReportDto, gate: string): number | null =>
  policies.flatMap(({ gates }) => gates).find((one) => one.gate === gate)?.threshold ?? null;

const markAt = (value: number | null): { value: number; name: string } | undefined =>
  value === null ? undefined : { value, name: 'the mean must reach' };

function walkForwardPart(report: ValidationReportDto): Markup {
  const run = report.walk_forward;
  if (!run)
    return html`<h2>Walk-forward</h2>
      <p>None was completed.</p>`;
  const [folds, summary, layout] = [listIn(run.result, 'folds'), recordIn(run.result, 'summary'), run.request];
  return html`<h2>Walk-forward</h2>
    <p>
      ${layout.folds ?? folds.length} folds, ${layout.kind ?? ''}, of which the bars before are ${layout.ratio ?? NONE}
      times as long as those that are judged. Completed ${timeText(run.finished_at)}. Mean Sharpe ratio in sample
      ${figureOr(summary, 'mean_is_sharpe', figureText)}, out of sample
      ${figureOr(summary, 'mean_oos_sharpe', figureText)}; overfitting ratio
      ${figureOr(summary, 'overfitting_ratio', figureText)}; profitable folds
      ${figureOr(summary, 'profitable_folds', percentText)}.
    </p>
    ${spansPicture('Time on which each fold was fitted and judged', rowsOf(folds, 'Fold'))}
    ${barPicture('Sharpe ratio out of sample of each fold', {
      values: folds.map((fold) => numberIn(fold, 'oos_sharpe')),
      nameOf: (i) => `Fold ${i + 1}`,
      mark: markAt(thresholdOf(report, 'walk_forward_sharpe')),
    })}
    ${table(
      [
        ['Fold', false],
        ['Fitted on', false],
        ['Judged on', false],
        ['Sharpe in sample', true],
        ['Sharpe out of sample', true],
        ['Return', true],
        ['Deepest fall', true],
      ],
      folds.map((fold, i) => [
        String(i + 1),
        spansText(recordIn(fold, 'train')),
        spansText(recordIn(fold, 'test')),
        figureOr(fold, 'is_sharpe', figureText),
        figureOr(fold, 'oos_sharpe', figureText),
        figureOr(fold, 'oos_return', percentText),
        figureOr(fold, 'oos_max_drawdown', percentText),
      ]),
    )}`;
}

function cpcvPart(report: ValidationReportDto): Markup {
  const run = report.cpcv;
  const name = html`<h2>Combinatorial purged cross-validation</h2>`;
  if (!run)
    return html`${name}
      <p>None was completed.</p>`;
  const [splits, paths] = [listIn(run.result, 'splits'), listIn(run.result, 'paths')];
  const [summary, courses] = [recordIn(run.result, 'summary'), recordIn(run.result, 'courses')];
  const lines = listIn(courses, 'equity').map((values, i) => ({
    name: `path ${i + 1}`,
    values: (Array.isArray(values) ? values : []) as (number | null)[],
  }));
  return html`${name}
    <p>
      ${run.request.groups ?? NONE} groups of bars, ${run.request.test_groups ?? NONE} of them judged at a time:
      ${splits.length} splits, ${paths.length} paths. Completed ${timeText(run.finished_at)}. Mean Sharpe ratio out of
      sample ${figureOr(summary, 'mean_oos_sharpe', figureText)}; bars of the shortest group
      ${figureText(numberIn(summary, 'min_group_bars'))}.
    </p>
    ${linePicture('Value of 1 along each path, out of sample', listIn(courses, 'times').map(String), lines)}
    ${barPicture('Sharpe ratio out of sample of each split', {
      values: splits.map((split) => numberIn(split, 'oos_sharpe')),
      nameOf: (i) => String(i + 1),
      mark: markAt(thresholdOf(report, 'cpcv_sharpe')),
    })}
    ${table(
      [
        ['Path', false],
        ['Sharpe', true],
        ['Return', true],
        ['Deepest fall', true],
      ],
      paths.map((path, i) => [
        String(i + 1),
        figureOr(path, 'sharpe', figureText),
        figureOr(path, 'total_return', percentText),
        figureOr(path, 'max_drawdown', percentText),
      ]),
    )}`;
}

function holdoutPart({ holdout }: ValidationReportDto): Markup {
  if (!holdout) return html``;
  const { look, result } = holdout;
  const looked = result
    ? [
        ['Bars looked at', `${figureText(result.bars)}, ${result.from.slice(0, 10)} to ${result.to.slice(0, 10)}`],
        ['Sharpe ratio a year on them', figureText(result.sharpe)],
        ['Return on them', percentText(result.metrics.total_return)],
        ['Return of buying and holding them', percentText(result.buy_hold_metrics.total_return)],
        ['Hash of the result', result.result_hash],
      ]
    : [['The one look', look ? 'asked for, not recorded' : 'not taken']];
  return html`<h2>Locked holdout</h2>
    ${factsTable([
      ['Locked from', holdout.from.slice(0, 10)],
      ['Locked on', holdout.locked_at.slice(0, 10)],
      ['Symbols', holdout.symbols.join(', ')],
      ['Revision of the look', look ? String(look.revision) : NONE],
      ...(looked as [string, string][]),
    ])}`;
}

function ledgerPart({ ledger, information }: ValidationReportDto): Markup {
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
    ])}`;
}

function hashesPart({ hashes, data, promotions, sha256, strategy }: ValidationReportDto): Markup {
  const hash = (value: string | null): Content => (value === null ? NONE : html`<code>${value}</code>`);
  return html`<h2>Evidence</h2>
    ${factsTable([
      [
        'Strategy',
        html`<code>${strategy.id}</code>, revision ${strategy.revision} of ${timeText(strategy.created_at)}`,
      ],
      [
        'Bars',
        data
          ? `${data.source} ${data.symbol} ${data.timeframe}, ${figureText(data.bars)} bars from ${timeText(data.first_bar)} to ${timeText(data.until)}, adjustment ${data.adjustment}`
          : NONE,
      ],
      ['SHA-256 of the recipe', hash(hashes.config)],
      ['SHA-256 of the bars', hash(hashes.data)],
      ...(data?.series ?? []).map((one): [string, Content] => [
        `SHA-256 of the bars of ${one.symbol}`,
        hash(one.fingerprint),
      ]),
      ['SHA-256 of the fitted model', hash(hashes.model)],
      ['SHA-256 of the walk-forward', hash(hashes.walk_forward)],
      ['SHA-256 of the CPCV', hash(hashes.cpcv)],
      ['SHA-256 of the backtest', hash(hashes.backtest)],
      ['SHA-256 of the evidence promoted', hash(hashes.promotion)],
      ['SHA-256 of this report as JSON', hash(sha256)],
      ...promotions.map((entry): [string, Content] => [
        `${inWords(entry.action)} ${timeText(entry.at)}`,
        [entry.policy === null ? '' : `under ${inWords(entry.policy)} `, entry.reason ?? ''].join(''),
      ]),
    ])}
    <p class="dim">
      The hash of this report is that of its JSON, in canonical form (RFC 8785) without the fields sha256 and made_at.
      Asked for again while nothing has changed, it has the same hash.
    </p>`;
}
