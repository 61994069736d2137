import { CELL_CORRELATION } from './power-markets';
import { DAILY_VOLATILITY, GJR, SP500_BLOCK, BARS_A_YEAR } from './markets';
import { lowerBound, upperBound } from './binomial-bound';
import type { AttackRow, CalibrationReport, NullRow, PowerRow } from './report';
import { SEARCHED } from './attack-outcome';
import type { AttackName } from './adversaries';
import type { NullKind } from './null-markets';
import { STUDY, type Group } from './study';

/** The upper 95 % bound of every share of false promotions is to be at most this. */
export const MOST_FALSE = 0.07;
/** And their mean over all cells at most this. */
export const MOST_FALSE_MEAN = 0.03;

export const KIND_WORDS: Record<NullKind, string> = {
  zero_mean_walk: 'Zero-mean walk',
  gjr_garch: 'GJR-GARCH',
  sp500_blocks: 'S&P 500 in blocks',
  rising_random_positions: 'Rising, random positions',
  models_on_random_features: 'Models on random features',
};

const ATTACK_WORDS: Record<AttackName, string> = {
  junk: '50 more trials that lose for certain',
  duplicates: '50 more trials that differ from the candidate on 1 % of the bars',
  small_size: 'the search at a hundredth of the size, its winner at full size',
  short_trial: 'one more trial that has the last 320 bars alone',
  other_frequency: 'all other trials kept in weekly bars',
};

export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');

const withBound = ({ share, upper95 }: { share: number; upper95: number }): string =>
  `${percent(share)} (${percent(upper95)})`;
const words = (kind: string): string => KIND_WORDS[kind as NullKind];

const cellName = ({ kind, trials }: NullRow): string =>
  `${words(kind)}, ${trials} ${trials === 1 ? 'trial' : 'trials'}`;

/** Cells whose upper bound is above what it may be, in words; empty where all keep it. */
export function brokenCells({ nulls, attacks }: CalibrationReport): string[] {
  const over = (what: string, { share, upper95, promoted }: NullRow['any'], markets: number): string[] =>
    upper95 <= MOST_FALSE
      ? []
      : [`${what}: ${promoted} of ${markets} markets, ${percent(share)}, upper bound ${percent(upper95)}`];
  return [
    ...nulls.flatMap((row) => {
      const cell = cellName(row);
      return [
        ...over(`${cell}, best submitted`, row, row.markets),
        ...over(`${cell}, all submitted`, row.any, row.markets),
        ...(row.buy_and_hold.promoted > 0
          ? [`${cell}, buy and hold: promoted ${row.buy_and_hold.promoted} of ${row.markets} times`]
          : []),
      ];
    }),
    ...attacks.flatMap((row) => over(`attack: ${ATTACK_WORDS[row.attack as AttackName]}`, row, row.markets)),
  ];
}

const meanShare = (nulls: readonly NullRow[]): number =>
  nulls.reduce((sum, { share }) => sum + share, 0) / nulls.length;

const nullTable = (nulls: readonly NullRow[]): string =>
  table(
    ['Market and trials', 'Trials', 'Markets', 'Best submitted', 'All submitted', 'Buy and hold'],
    nulls.map((row) => [
      ...[
        words(row.kind),
        row.trials,
        row.markets,
        withBound(row),
        withBound(row.any),
        percent(row.buy_and_hold.share),
      ],
    ]),
  );

const interval = (count: number, markets: number): string =>
  `${percent(lowerBound(count, markets), 0)} to ${percent(upperBound(count, markets), 0)}`;

const powerTable = (power: readonly PowerRow[]): string =>
  table(
    ['What is searched', 'Trials', 'Information ratio', 'Markets', 'Found', '5 to 95 %', 'A worthless one'],
    power.map((row) => [
      ...[row.shape, row.trials, row.ir.toFixed(1), row.markets, percent(row.share)],
      ...[interval(row.promoted, row.markets), percent(row.mistaken_share)],
    ]),
  );

const attackTable = (attacks: readonly AttackRow[]): string =>
  table(
    ['What is done to the ledger', 'Markets', 'Promoted'],
    attacks.map((row) => [ATTACK_WORDS[row.attack as AttackName], row.markets, withBound(row)]),
  );

const isOfModels = ({ shape }: PowerRow): boolean => shape.includes('model');

const pathTable = ({ nulls, power }: CalibrationReport): string =>
  table(
    ['Models', 'Trials', 'Markets', 'Median path', 'Worst path'],
    [
      ...nulls
        .filter(({ kind }) => kind === 'models_on_random_features')
        .map((row) => ['no edge', row.trials, row.markets, percent(row.share), percent(row.worst_path.share)]),
      ...power
        .filter(isOfModels)
        .map((row) => [
          ...[`information ratio ${row.ir.toFixed(1)}`, row.trials, row.markets],
          ...[percent(row.share), percent(row.worst_path_share)],
        ]),
    ],
  );

function verdict(report: CalibrationReport): string {
  const broken = brokenCells(report);
  const mean = meanShare(report.nulls);
  const worst = report.nulls.reduce((most, row) => (row.upper95 > most.upper95 ? row : most));
  const held = `No cell is above ${percent(MOST_FALSE, 0)}; the highest upper bound of a best trial is ${percent(worst.upper95)} (${cellName(worst)}).`;
  const over = `**${broken.length === 1 ? 'One cell is' : `${broken.length} cells are`} above ${percent(MOST_FALSE, 0)}:**\n\n${broken.map((one) => `- ${one}`).join('\n')}\n`;
  const means = `The mean over the cells of best trials is ${percent(mean)}, to be at most ${percent(MOST_FALSE_MEAN, 0)}${mean > MOST_FALSE_MEAN ? ': **it is not**' : ''}.`;
  return `${broken.length === 0 ? held : over}\n${means}`;
}

const minutes = (report: CalibrationReport): number =>
  Math.round(Object.values(report.measured).reduce((sum, { seconds }) => sum + seconds, 0) / 60);

const missing = ({ measured }: CalibrationReport): Group[] => STUDY.filter(({ id }) => !(id in measured));
const isWhole = (report: CalibrationReport): boolean => missing(report).length === 0;

/** What a report that was stopped has not measured yet; empty for a whole one. */
function partly(report: CalibrationReport): string {
  const left = missing(report);
  if (left.length === 0) return '';
  return `\n\n**In part:** ${STUDY.length - left.length} of the ${STUDY.length} groups of the study are measured so far. Not yet: ${left.map(({ id }) => id).join('; ')}. Their rows are missing below, and a picture or a table without rows says nothing.`;
}

/** `docs/calibration.md`. */
export function calibrationPage(report: CalibrationReport): string {
  const { policy, study, nulls, power, attacks } = report;
  const years = study.scored_bars / BARS_A_YEAR;
  return `# How often the gates are wrong

Measured, not promised: markets are made up on which nothing can have an edge, ideas are tried on them, and the best is submitted to policy \`${policy.name}\`, version ${policy.version}, as the product applies it. Whatever is promoted there is promoted
falsely. On other markets an edge is planted, and what is promoted there was found. This page is generated from [calibration.json](calibration.json).${partly(report)}

\`\`\`bash
npm run calibrate -- --markets ${study.markets} --report docs/calibration.json   # about ${minutes(report)} minutes on two cores${isWhole(report) ? '' : ' so far'}; goes on where it was stopped
\`\`\`

Each market has ${years} years of daily bars that are scored, after ${study.unscored_bars} that are not. Nothing is paid for trading, since costs would only help to refuse. A promotion is one by the whole judgement of the product: walk-forward, CPCV, PSR, the benchmark test with the
policy's ${policyDraws(report)} draws, overfitting, audits. Quality of the bars counts as sound. In brackets are one-sided 95 % upper bounds (Clopper-Pearson). Seed ${study.seed}.

## False promotions

![Share of false promotions with its upper bound, by market and number of trials](images/calibration-nulls.svg)

${nullTable(nulls)}

${verdict(report)}

*All submitted*: not only the best trial but each one is submitted, and at least one is promoted. Ledgers of one kind are nested: that of 50 has the 6 in it.

- **Zero-mean walk**: independent normal returns, ${percent(DAILY_VOLATILITY, 0)} a day. Tried are random rules on these bars: trend, crossings, momentum, RSI, distance from a mean, calm or storm, one or two conditions, long only or long and short, at a fixed size or at one by volatility.
- **GJR-GARCH**: the same rules where volatility clusters and falls raise it (alpha ${GJR.alpha}, gamma ${GJR.gamma}, beta ${GJR.beta}), without drift.
- **S&P 500 in blocks**: real returns with their drift and tails, in blocks of ${SP500_BLOCK} bars on average. The rules are read off other bars of the same kind, so that what real returns have of patterns is no edge.
- **Rising, random positions**: GJR-GARCH with a drift by which buy and hold has a Sharpe ratio of 1. Positions are drawn at random, and anew after 2 to 63 bars on average.
- **Models on random features**: logistic and ridge regressions on columns of noise, through the whole pipeline, on the S&P 500 in blocks. A trial is its CPCV path of median Sharpe ratio. Of 500 trials 50 are models and the others the same at other levels of their predictions.

## Ledgers that somebody has made look better

The best of ${SEARCHED} random positions on rising markets is submitted, after something was done to the ledger.

${attackTable(attacks)}

## Edges that are found

![Share of edges that are found, by information ratio](images/calibration-power.svg)

${powerTable(power)}

The next return is expected to be proportional to a factor (AR(1), 0.95) that is known at the close; volatility clusters as above where nothing else is said. A real trial is on the side of the factor as it sees it, with an error of its own, and that has the information ratio; two cells
of one plateau are on the same side on ${percent(1 - Math.acos(CELL_CORRELATION) / Math.PI, 0)} of the bars. Noise are random positions. *Found*: the trial of highest Sharpe ratio is a real one and is promoted. Of models the rule that knows the factor has the information ratio; a model must learn it from the factor and three columns of noise.

## Models: the median path or the worst one

Gate 3 asks for the Sharpe ratio of a model's CPCV path of median Sharpe ratio. Were it to ask for the worst of the five paths, this would be promoted:

${pathTable(report)}
`;
}

const policyDraws = ({ policy }: CalibrationReport): string =>
  (policy.bounds as { benchmark: { draws: number } }).benchmark.draws.toLocaleString('en');
