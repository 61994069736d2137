import type { components } from '../../../api/generated/research';
import { parseValues, type ObjectSchema } from '../../../forms/schema-values';
import { formatNumber } from '../../../format/number';
import { plural } from '../../../format/words';
import type { LabelKind } from './label';
import type { ModelPlugin } from './queries';

export type ModelTraining = NonNullable<components['schemas']['CreateModelDto']['training']>;
export type ModelRefit = NonNullable<components['schemas']['CreateModelDto']['refit']>;

/** What the fields hold, numbers as they are typed; empty: as the kind has it. */
export interface FitDraft {
  classes: '' | 'balanced';
  uniqueness: boolean;
  decay: string;
  draws: '' | 'sequential';
  calibration: '' | 'platt' | 'isotonic';
  fraction: string;
  score: '' | 'f_statistic' | 'mutual_information' | 'variance';
  keep: 'best' | 'share' | 'above';
  kept: string;
  every: string;
  minTrain: string;
  seed: string;
}
export const FIRST_FIT: FitDraft = {
  ...{ classes: '', uniqueness: false, decay: '', draws: '', calibration: '', fraction: '' },
  ...{ score: '', keep: 'best', kept: '' },
  ...{ every: '', minTrain: '', seed: '' },
};

/** Part of the training rows that a calibration is fitted on where the field is empty. */
export const FRACTION = 0.2;

/** What the field says of how many inputs are kept, by how they are. */
export const KEPT_TITLES = {
  best: 'Inputs that are kept',
  share: 'Part of the inputs that is kept',
  above: 'Score above which they are kept',
} as const;

/** The path at which the API names what a field holds. */
export const FIT_PATHS: Readonly<Record<keyof FitDraft, string>> = {
  classes: 'training.class_weight',
  uniqueness: 'training.uniqueness',
  decay: 'training.time_decay',
  draws: 'training.bootstrap',
  calibration: 'training.calibration.kind',
  fraction: 'training.calibration.fraction',
  score: 'training.selection.score',
  keep: 'training.selection.keep.kind',
  kept: 'training.selection.keep.count',
  every: 'refit.every',
  minTrain: 'refit.min_train',
  seed: 'seed',
};

/** What a kind and a label can have: neither classes nor chances of a return, no drawn rows where none are drawn. */
export function fieldsOf(plugin: Pick<ModelPlugin, 'imported' | 'draws_rows'>, label: LabelKind): Set<keyof FitDraft> {
  if (plugin.imported) return new Set();
  const chances = label !== 'forward_return';
  return new Set([
    ...(chances ? (['classes', 'calibration', 'fraction'] as const) : []),
    ...(plugin.draws_rows ? (['draws'] as const) : []),
    ...(['uniqueness', 'decay', 'score', 'keep', 'kept', 'every', 'minTrain', 'seed'] as const),
  ]);
}

/** Fields that hold numbers, as the page titles them. */
export const FIT_TITLES = {
  decay: 'Weight of the oldest row',
  fraction: 'Part of the rows for it',
  every: 'Bars between fits',
  minTrain: 'Rows before the first fit',
  seed: 'Seed',
} as const;

const KEPT = {
  best: { type: 'integer', minimum: 1 },
  share: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
  above: { type: 'number' },
} as const;

const SCHEMA: ObjectSchema = {
  properties: {
    decay: { title: FIT_TITLES.decay, type: 'number', minimum: 0, exclusiveMaximum: 1 },
    fraction: { title: FIT_TITLES.fraction, type: 'number', exclusiveMinimum: 0, maximum: 0.5 },
    every: { title: FIT_TITLES.every, type: 'integer', minimum: 1 },
    minTrain: { title: FIT_TITLES.minTrain, type: 'integer', minimum: 2 },
    seed: { title: FIT_TITLES.seed, type: 'integer', minimum: 0, maximum: 2_147_483_647 },
  },
};

export interface Fit {
  training?: ModelTraining;
  refit?: ModelRefit;
  seed?: number;
}

/** The parts of a model's specification that say how it is fitted: only what was given; `errors` by field. */
export function fitOf(
  draft: FitDraft,
  plugin: Pick<ModelPlugin, 'imported' | 'draws_rows' | 'refit'>,
  label: LabelKind,
): { fit: Fit; errors: Record<string, string> } {
  const has = fieldsOf(plugin, label);
  const properties = Object.fromEntries(
    Object.entries(SCHEMA.properties!).filter(([name]) => has.has(name as keyof FitDraft)),
  );
  const { classes, uniqueness, draws, calibration, score, keep, ...texts } = draft;
  if (calibration === '') delete properties.fraction;
  if (has.has('kept') && score !== '') properties.kept = { ...KEPT[keep], title: KEPT_TITLES[keep] };
  const required = 'kept' in properties ? ['kept'] : [];
  const { values, errors } = parseValues({ properties, required }, texts);
  const number = (name: string) => values[name] as number | undefined;
  const training: ModelTraining = {
    ...(has.has('classes') && classes !== '' ? { class_weight: classes } : {}),
    ...(has.has('uniqueness') && uniqueness ? { uniqueness } : {}),
    ...(number('decay') === undefined ? {} : { time_decay: number('decay') }),
    ...(has.has('draws') && draws !== '' ? { bootstrap: draws } : {}),
    ...(has.has('calibration') && calibration !== ''
      ? { calibration: { kind: calibration, fraction: number('fraction') ?? FRACTION } }
      : {}),
    ...(score !== '' && number('kept') !== undefined
      ? { selection: { score, keep: keptOf(keep, number('kept')!) } }
      : {}),
  };
  const [every, minTrain] = [number('every'), number('minTrain')];
  const own = plugin.refit;
  const refit =
    every === undefined && minTrain === undefined
      ? undefined
      : { every: every ?? own?.every ?? 0, min_train: minTrain ?? own?.min_train ?? 0 };
  return {
    fit: {
      ...(Object.keys(training).length > 0 ? { training } : {}),
      ...(refit ? { refit } : {}),
      ...(number('seed') === undefined ? {} : { seed: number('seed') }),
    },
    errors,
  };
}

type Keep = NonNullable<ModelTraining['selection']>['keep'];

function keptOf(kind: Keep['kind'], kept: number): Keep {
  if (kind === 'best') return { kind, count: kept };
  return kind === 'share' ? { kind, fraction: kept } : { kind, score: kept };
}

const SCORE_WORDS = {
  f_statistic: 'F with the label',
  mutual_information: 'mutual information with the label',
  variance: 'variance',
} as const;

function selectionWords({ score, keep }: NonNullable<ModelTraining['selection']>): string {
  const by = SCORE_WORDS[score];
  if (keep.kind === 'above') return `it reads the inputs whose ${by} is above ${keep.score}`;
  const which =
    keep.kind === 'best' ? plural(keep.count, 'input') : `${formatNumber(keep.fraction * 100, 6)} % of the inputs`;
  return `it reads the ${which} of the highest ${by}`;
}

/** How rows count, which inputs are read and what is done with the chances, in words. */
export function trainingWords(training: ModelTraining | null | undefined): string {
  if (!training) return 'All count alike';
  const { class_weight, uniqueness, time_decay, bootstrap, calibration, selection } = training;
  return [
    class_weight && 'both labels weigh the same in all',
    uniqueness && 'each weighs its uniqueness',
    time_decay !== undefined && `the oldest weighs ${time_decay} of the newest`,
    bootstrap && 'trees draw rows that overlap little',
    selection && selectionWords(selection),
    calibration &&
      `chances are calibrated (${calibration.kind === 'platt' ? 'Platt' : 'isotonic'}) on the last ${calibration.fraction * 100} % of the rows`,
  ]
    .filter(Boolean)
    .join('; ')
    .replace(/^./, (first) => first.toUpperCase());
}
