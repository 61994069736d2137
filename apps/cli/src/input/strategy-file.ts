import { TIMEFRAMES, type StrategyDocument, type Timeframe, type Warning } from '@assay/contracts';
import { columnNames, parseStrategyDocument } from '@assay/domain';
import { checkFeature, featureBarColumns, sentModelKinds } from '@assay/pipeline';
import { blaming, UsageError } from '../args/usage-error';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { readBarsFile, requireColumns, type BarsFile, type ColumnNeed } from './bars-file';
import { readFlagFile } from './read-file';

/** Stands in where a file has no id: nothing of a local run depends on it. */
export const LOCAL_ID = '00000000-0000-7000-8000-000000000000';

/** A strategy and the bars it runs on, known to fit each other. */
export interface OpenStrategy {
  file: BarsFile;
  document: StrategyDocument;
  /** What the document's resolutions changed. */
  warnings: Warning[];
}

/**
 * Reads `--strategy` and `--bars`. Throws UsageError with every problem of the document, or the flag that needs a column
 * the file does not have. Extra columns of the bars may be named as data columns.
 */
export async function openStrategy(args: Args, io: Io, needs: readonly ColumnNeed[]): Promise<OpenStrategy> {
  const json = readStrategyJson(args.text('strategy'));
  const file = await readBarsFile(args, io, timeframeOf(json));
  const columns = Object.keys(file.bars.extra);
  const { document, warnings } = blaming('--strategy', () =>
    parseStrategyDocument(json, { generateId: () => LOCAL_ID, columns, checkFeature, models: sentModelKinds }),
  );
  requireColumns(file, [...columnNeeds(document), ...needs]);
  // a file needs no id here, so one that was made up is not worth a word
  return { file, document, warnings: warnings.filter(({ field }) => field !== 'strategy_id') };
}

/** The document alone, for who needs no bars: any column may be named. Throws UsageError with every problem of it. */
export function readStrategy(args: Args): StrategyDocument {
  const json = readStrategyJson(args.text('strategy'));
  return blaming('--strategy', () =>
    parseStrategyDocument(json, { generateId: () => LOCAL_ID, columns: 'any', checkFeature, models: sentModelKinds }),
  ).document;
}

export function readStrategyJson(path: string): unknown {
  const text = readFlagFile('--strategy', path).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`--strategy must be a JSON file, was ${path} (${(error as Error).message})`);
  }
}

/** Bars are read before the document is checked, since their columns are part of the check. */
function timeframeOf(json: unknown): Timeframe {
  const { timeframe } = (json ?? {}) as { timeframe?: Timeframe };
  return timeframe !== undefined && TIMEFRAMES.includes(timeframe) ? timeframe : '1d';
}

/** Columns the document reads. */
function columnNeeds(document: StrategyDocument): ColumnNeed[] {
  const need = (column: string, what: string): ColumnNeed => ({ column, flag: `--strategy (${what})` });
  const close = need('close', 'returns');
  const levels = (['protection', 'entry_order'] as const).filter((field) => document[field] !== undefined);
  const prices = levels.flatMap((field) => ['open', 'high', 'low'].map((column) => need(column, field)));
  if (document.kind !== 'pipeline') {
    return [
      close,
      ...prices,
      ...document.substrategies.flatMap(({ indicator, data_column }, i) =>
        (indicator === 'get_stochastic_oscillator' ? ['high', 'low', 'close'] : [data_column]).map((column) =>
          need(column, `substrategies[${i}] ${indicator}`),
        ),
      ),
    ];
  }
  const known = new Set(columnNames());
  const featureNames = new Set(document.features.map(({ name }) => name));
  const ruleFields = document.signal.rule_tree.groups.flatMap(({ rules }) => fieldsOf(rules));
  return [
    close,
    ...prices,
    ...featureBarColumns(document.features, document.timeframe).flatMap((columns, i) =>
      columns.map((column) => need(column, `feature ${document.features[i]!.name}`)),
    ),
    ...ruleFields
      .filter((field) => known.has(field) && !featureNames.has(field))
      .map((field) => need(field, 'signal.rule_tree')),
  ];
}

type RuleNode = { field?: unknown; value?: unknown; rules?: unknown };

function fieldsOf(rules: readonly unknown[]): string[] {
  return rules.flatMap((rule) => {
    const { field, value, rules: inner } = rule as RuleNode;
    const other = (value as { field?: unknown } | null)?.field;
    return [
      ...(typeof field === 'string' ? [field] : []),
      ...(typeof other === 'string' ? [other] : []),
      ...(Array.isArray(inner) ? fieldsOf(inner) : []),
    ];
  });
}
