import { ATTACK_NAMES, type AttackName } from './adversaries';
import type { NullKind } from './null-markets';
import type { PowerShape } from './power-outcome';

/** Cells that are measured on the same markets. `share`: of the markets that are asked for, where a cell is dear. */
export type Group = { id: string; share: number } & (
  | { what: 'nulls'; kind: NullKind; sizes: number[] }
  | { what: 'power'; ir: number; shapes: PowerShape[] }
  | { what: 'attacks'; names: AttackName[] }
);

/** Raised whenever the same settings would draw other markets or trials. */
export const STUDY_VERSION = 1;

/** What every group is measured with. */
export interface StudySettings {
  /** Null markets of a cell. */
  markets: number;
  seed: string;
  /** Bars that are scored, ten years. */
  scoredBars: number;
}

const SIZES = [1, 6, 50, 500];

const nulls = (kind: NullKind, sizes: number[], share = 1): Group => ({
  ...{ id: `nulls ${kind} ${sizes.join(' ')}`, what: 'nulls', kind, sizes, share },
});

const rules = (shape: string, trials: number, real: number, noise: PowerShape['noise'] = 'clustered'): PowerShape => ({
  ...{ shape, noise, of: 'rules', trials, real },
});
const ALONE = rules('one rule', 1, 1);
const PLATEAU = rules('plateau of 20 cells', 20, 20);
const SIX_OF_50 = rules('6 real among 44 noise', 50, 6);
const SIX_OF_500 = rules('6 real among 494 noise', 500, 6);
const PLATEAU_OF_500 = rules('plateau of 20 among 480 noise', 500, 20);
const SIX_OF_50_IID = rules('6 real among 44 noise, iid returns', 50, 6, 'iid');
const MODELS: PowerShape[] = [
  { shape: 'one fitted model', noise: 'clustered', of: 'models', trials: 1, real: 1 },
  { shape: '6 fitted models', noise: 'clustered', of: 'models', trials: 6, real: 6 },
];

const power = (ir: number, shapes: PowerShape[], share: number): Group => ({
  ...{ id: `power ${ir} ${shapes.map(({ shape }) => shape).join(', ')}`, what: 'power', ir, shapes, share },
});

/** The whole study, in the order in which it is measured and told. */
export const STUDY: readonly Group[] = [
  nulls('zero_mean_walk', SIZES),
  nulls('gjr_garch', SIZES),
  nulls('sp500_blocks', SIZES),
  nulls('rising_random_positions', SIZES),
  nulls('models_on_random_features', SIZES.slice(0, 3)),
  // a ledger of 500 models takes ten times as long as one of 50
  nulls('models_on_random_features', SIZES.slice(3), 0.3),
  power(1, [ALONE, PLATEAU, SIX_OF_50], 1),
  power(1, [SIX_OF_50_IID], 0.5),
  power(1, [SIX_OF_500, PLATEAU_OF_500], 0.5),
  power(0.7, [ALONE, PLATEAU, SIX_OF_50], 0.25),
  power(1.5, [ALONE, PLATEAU, SIX_OF_50], 0.25),
  power(1, MODELS, 0.5),
  power(1.5, MODELS, 0.5),
  { id: 'attacks', what: 'attacks', names: ATTACK_NAMES, share: 1 },
];

export const marketsOf = ({ share }: Pick<Group, 'share'>, { markets }: Pick<StudySettings, 'markets'>): number =>
  Math.max(1, Math.round(share * markets));
