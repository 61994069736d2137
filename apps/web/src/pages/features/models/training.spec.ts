import { fieldsOf, FIRST_FIT, FIT_PATHS, fitOf, trainingWords, type FitDraft, type ModelTraining } from './training';

const FOREST = { imported: false, draws_rows: true, refit: { every: 63, min_train: 252 } };
const fit = (change: Partial<FitDraft>, plugin: Parameters<typeof fitOf>[1] = FOREST) =>
  fitOf({ ...FIRST_FIT, ...change }, plugin, 'forward_return_sign');

describe('how a model is fitted', () => {
  it('is left to the kind where nothing is said', () => expect(fit({})).toEqual({ fit: {}, errors: {} }));

  it('is sent as the API has it', () => {
    const all = {
      classes: 'balanced',
      uniqueness: true,
      decay: '0',
      draws: 'sequential',
      calibration: 'isotonic',
    } as const;
    expect(fit({ ...all, fraction: '0.3', every: '21', minTrain: '500', seed: '7' })).toEqual({
      fit: {
        training: {
          ...{ class_weight: 'balanced', uniqueness: true, time_decay: 0, bootstrap: 'sequential' },
          calibration: { kind: 'isotonic', fraction: 0.3 },
        },
        refit: { every: 21, min_train: 500 },
        seed: 7,
      },
      errors: {},
    });
  });

  it('takes the part that a field does not say from what the kind does', () => {
    expect(fit({ calibration: 'platt', every: '10' }).fit).toEqual({
      training: { calibration: { kind: 'platt', fraction: 0.2 } },
      refit: { every: 10, min_train: 252 },
    });
    expect(fit({ minTrain: '700' }).fit.refit).toEqual({ every: 63, min_train: 700 });
  });

  it.each<[Partial<FitDraft>, object]>([
    [
      { score: 'f_statistic', kept: '3' },
      { score: 'f_statistic', keep: { kind: 'best', count: 3 } },
    ],
    [
      { score: 'variance', keep: 'share', kept: '0.5' },
      { score: 'variance', keep: { kind: 'share', fraction: 0.5 } },
    ],
    [
      { score: 'variance', keep: 'above', kept: '-1' },
      { score: 'variance', keep: { kind: 'above', score: -1 } },
    ],
  ])('chooses inputs as the API has it: %j', (change, selection) =>
    expect(fit(change)).toEqual({ fit: { training: { selection } }, errors: {} }),
  );

  it.each<[Partial<FitDraft>, string]>([
    [{ score: 'variance' }, 'Inputs that are kept is required'],
    [{ score: 'variance', kept: '1.5' }, 'Inputs that are kept must be a whole number, was 1.5'],
    [{ score: 'variance', keep: 'share', kept: '1' }, 'Part of the inputs that is kept must be below 1, was 1'],
    [{ decay: '1' }, 'Weight of the oldest row must be below 1, was 1'],
    [{ decay: '0,5' }, 'Weight of the oldest row must be a number with a point, was 0,5'],
    [{ calibration: 'platt', fraction: '0' }, 'Part of the rows for it must be above 0, was 0'],
    [{ calibration: 'platt', fraction: '0.6' }, 'Part of the rows for it must be at most 0.5, was 0.6'],
    [{ every: '0' }, 'Bars between fits must be at least 1, was 0'],
    [{ minTrain: '1' }, 'Rows before the first fit must be at least 2, was 1'],
    [{ seed: '-1' }, 'Seed must be at least 0, was -1'],
  ])('says at the field what is wrong: %j', (change, message) =>
    expect(Object.values(fit(change).errors)).toEqual([message]),
  );

  it('has no field that the kind or the label refuses, and sends none', () => {
    const named = (plugin: Parameters<typeof fieldsOf>[0], label: Parameters<typeof fieldsOf>[1]) =>
      Object.keys(FIT_PATHS).filter((name) => !fieldsOf(plugin, label).has(name as keyof FitDraft));
    expect(named(FOREST, 'forward_return_sign')).toEqual([]);
    expect(named({ imported: false, draws_rows: false }, 'triple_barrier')).toEqual(['draws']);
    expect(named(FOREST, 'forward_return')).toEqual(['classes', 'calibration', 'fraction']);
    expect(named({ imported: true, draws_rows: false }, 'triple_barrier')).toEqual(Object.keys(FIT_PATHS));
    const given = { ...FIRST_FIT, classes: 'balanced', calibration: 'platt', fraction: 'x', every: 'x' } as const;
    expect(fitOf(given, { ...FOREST, imported: true }, 'forward_return')).toEqual({ fit: {}, errors: {} });
  });

  it('is said in words', () => {
    expect(trainingWords(null)).toBe('All count alike');
    expect(trainingWords({ uniqueness: true, time_decay: 0.5, calibration: { kind: 'platt', fraction: 0.25 } })).toBe(
      'Each weighs its uniqueness; the oldest weighs 0.5 of the newest; chances are calibrated (Platt) on the last 25 % of the rows',
    );
    const chosen = (keep: NonNullable<ModelTraining['selection']>['keep']) =>
      trainingWords({ selection: { score: 'f_statistic', keep } });
    expect(chosen({ kind: 'best', count: 3 })).toBe('It reads the 3 inputs of the highest F with the label');
    expect(chosen({ kind: 'share', fraction: 0.07 })).toBe(
      'It reads the 7 % of the inputs of the highest F with the label',
    );
    expect(chosen({ kind: 'above', score: 4 })).toBe('It reads the inputs whose F with the label is above 4');
  });
});
