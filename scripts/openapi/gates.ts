import { gatesTable, PAST_POLICIES } from '@assay/domain';

const past = PAST_POLICIES.map(
  ({ name, version, instead, why }) =>
    `- **\`${name}\`, version ${version}**: ${instead.policy === name ? 'replaced' : 'retired'}; \`${instead.policy}\`, version ${instead.version}, judges instead. ${why}`,
).join('\n');

/** `docs/gates.md`: what the policies ask, with the table that they make. */
export const gatesDocument = (): string => `# The gates

Whether a strategy may trade is not decided by its backtest but by gates: questions to the evidence of walk-forward, CPCV and the ledger of trials, each with a value, a bound and its reason. A policy is a named and versioned list of them; a promotion names one that
all gates passed. \`default\` and \`strict\` are good for live trading, \`exploratory\` for paper alone. This page is generated from the policies.

\`\`\`bash
B=$(npx assay api POST backtests --data "{\\"strategy_id\\":\\"$S\\"}" --show id)        # a draft is run once, then judged
npx assay api POST backtests/$B/execute --wait --show state
npx assay api POST validation/walk-forward --data "{\\"strategy_id\\":\\"$S\\"}" --wait --show state
npx assay api POST validation/cpcv --data "{\\"strategy_id\\":\\"$S\\"}" --wait --show state
npx assay api GET validation/strategies/$S --show gates.default.words                # the verdict
npx assay api GET validation/strategies/$S --show "gates.default.gates[].words"      # each question with its answer
npx assay api GET validation/strategies/$S --show validated_under                    # the policies that are passed
npx assay api POST strategies/$S/promote --data '{"policy":"exploratory"}' --show status
npx assay api GET validation/policies --show "items[].policy"                        # every policy and version, with its thresholds
\`\`\`

Both validations are needed, in any order: what only the other one can tell says \`evidence_missing\` until then. On files \`assay walk-forward\` and \`assay cpcv --strategy\` give the same numbers, for strategies of one symbol and of a universe, without
the gates that need the ledger.

${gatesTable()}

## Better than its benchmark

Alpha is what a strategy earned beyond holding the market at its own beta. \`benchmark_p\` is the chance that the best of all trials of the ledger has such an alpha without skill, by a max-t test; it is found twice, with blocks of 21 bars and bar by bar, and the larger
counts. Every trial is tested on its own scored bars, once by its returns as they are and once with returns and benchmark divided by the benchmark's volatility as it was known before each bar. \`benchmark_raw_p\` is the same by the returns as they are alone. The 10,000
draws have a seed that is part of the policy, and are common to all trials: further trials over the candidate's bars can raise p and never lower it. With one trial alone \`benchmark_raw_p\` is exact, without draws.

- The size of a trial makes no difference: a search at a hundredth of the size counts like one at full size. A scaled copy of the benchmark, and what never traded, can win nothing and count in the number of trials alone.
- A trial without a usable series (failed, of another bar frequency, on bars that are not stored any more, under two blocks) counts as one independent draw.
- Below a tracking error of 1 % a year the candidate is refused as \`indistinguishable_from_benchmark\`.

How often \`default\` promotes what has no edge, and finds what has one: [measured](calibration.md).

## What to know

- **The layout counts.** Evidence is of the layout that the policies state: the first 252 bars are never scored, 5 rolling folds with twice as many train bars, 6 groups of which 2 are tested. Another one is information, and passes nothing.
- **Trials count.** The ledger of a strategy's lineage has every recipe whose result was seen, on whatever strategy of it: clones and cells of sweeps too. What was tried on files or elsewhere is not in it and flatters, unless it is [declared](trials.md#trials-made-elsewhere).
- **New bars, new judgement.** An acknowledgement or corrected bars change nothing that was judged: validate again.
- **Bars that are made up** are named in the verdicts, and what they pass is good for paper alone.
- **A report to keep.** \`assay report $S --to report.html\`, the button of the page, or \`GET validation/strategies/$S/report\`: verdicts with their words and thresholds; the backtest that they rest on with its folds, falls, months and trades; the paths of CPCV and every
  metric over them; the newest walk-forward that chose in each fold; where the logits of PBO lie; the sweep over two numbers that the revision is a cell of (or the newest such one) with its best and steadiest cell; the ledger day by day; and the
  hashes of recipe, bars, model and evidence. As JSON (\`--to report.json\`) it has the same, under a hash that anybody can recompute. It stands by itself: a page of it loads nothing and runs no script. [A picture](backtests.md#a-report-to-keep)
- **Every metric over the paths.** The result of CPCV, its page and \`assay cpcv\` have all metrics of each path, and their quantiles (type 7) over the paths. A trade counts in the block in which it was entered, and as an open one where the block ends before it; a
  portfolio has no trades by block, so what reads them is undefined. Runs of before have return, Sharpe ratio and deepest fall alone. The logits of PBO are kept in bins of 0.5 from -6 to 6, each with its upper edge, so that those up to 0 are what PBO counts;
  they are information beside the gates, and what is signed is without them.

## Versions before

A verdict of one of these stays readable under its version, and what was promoted under it stays promoted. A new promotion needs a judgement by the version in force: validate again.

${past}
`;
