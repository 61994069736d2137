import { figureText, inWords, NONE, percentText, timeText } from '../../reports/figures';
import { html, type Content, type Markup } from '../../reports/markup';
import { factsTable } from '../../reports/tables';
import type { ValidationReportDto } from './report.response';

/** What is known of a locked final period; nothing without one. */
export function holdoutPart({ holdout }: ValidationReportDto): Markup | null {
  if (!holdout) return null;
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

/** By which all of it is known again. */
export function hashesPart({ hashes, data, promotions, sha256, strategy }: ValidationReportDto): Markup {
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
