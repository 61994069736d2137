import { figureText, inWords, NONE, percentText, timeText } from '../../reports/figures';
import { html, type Content, type Markup } from '../../reports/markup';
import { factsTable } from '../../reports/tables';
import type { BacktestReportDto } from './backtest-report.response';

/** What a setting says: its number or word, its fields by name where it has some. */
function settingText(value: unknown): Content {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return inWords(value).toLowerCase();
  return html`<code>${JSON.stringify(value)}</code>`;
}

const named = (settings: object | undefined): Content[] =>
  Object.entries(settings ?? {}).flatMap(([name, value], i): Content[] => [
    i === 0 ? '' : ', ',
    name === 'kind' ? '' : `${inWords(name).toLowerCase()} `,
    settingText(value),
  ]);

const RULES: Readonly<Record<string, string>> = {
  lookback: 'the first bar on which everything is defined',
  start: 'as asked for',
  score_from: 'as asked for',
};

/** Engine, accounting and everything else that was set. */
export function settingsPart({ backtest, settings }: BacktestReportDto): Markup {
  const { engine, request, data, scored_from: from, periods_per_year: perYear, benchmark, risk_free, fx } = backtest;
  return html`<h2>Settings</h2>
    ${factsTable([
      ['Engine', engine],
      ['Accounting', inWords(request.mode)],
      ['Orders filled at', inWords(request.fill)],
      ['Capital', figureText(settings.capital)],
      ['Costs', named(request.costs).length === 0 ? 'none' : named(request.costs)],
      ['Sizing', named(settings.sizing)],
      ...(settings.protection ? [['Stops and targets', named(settings.protection)] as const] : []),
      ...(settings.entry_order ? [['Entry orders', named(settings.entry_order)] as const] : []),
      [
        'Bars',
        data
          ? `${data.source} ${data.symbol} ${data.timeframe}, ${figureText(data.bars)} bars from ${timeText(data.first_bar)} to ${timeText(data.until)}, adjustment ${inWords(data.adjustment).toLowerCase()}`
          : NONE,
      ],
      ['Scored from', from ? `${timeText(from.time)}, ${RULES[from.rule] ?? from.rule}` : NONE],
      ['Asked for', `${request.start ?? 'the first bar'} to ${request.end ?? 'the last bar'}`],
      ['Bars a year', figureText(perYear)],
      ['Benchmark', benchmark ? seriesText(benchmark) : 'buying and holding the same bars'],
      ['Cash earns', risk_free ? cashText(risk_free) : 'nothing'],
      [
        'Currency',
        fx
          ? `${fx.account_currency}, by ${ratesText(fx)}: prices made ${percentText(fx.price)}, rates ${percentText(fx.fx)}`
          : 'that of the prices',
      ],
    ])}`;
}

const seriesText = ({
  source,
  symbol,
  timeframe,
  fingerprint,
}: NonNullable<BacktestReportDto['backtest']['benchmark']>) =>
  `${source} ${symbol} ${timeframe}, SHA-256 ${fingerprint}`;

function ratesText(fx: NonNullable<BacktestReportDto['backtest']['fx']>): string {
  const one = (rate: Parameters<typeof seriesText>[0] & { invert: boolean }): string =>
    `${seriesText(rate)}${rate.invert ? ', inverted' : ''}`;
  return 'rates' in fx ? fx.rates.map((rate) => `${rate.currency} by ${one(rate)}`).join('; ') : one(fx);
}

const cashText = (rate: NonNullable<BacktestReportDto['backtest']['risk_free']>): string =>
  'rate' in rate
    ? `${percentText(rate.rate)} a year`
    : `${rate.source} ${rate.name}, in ${rate.unit}, SHA-256 ${rate.fingerprint}`;
