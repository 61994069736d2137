import research from '../../../../../../docs/openapi/research.json';
import { FIRST_LABEL, labelOf, LABEL_KINDS, WIDTH_KINDS, EVENT_KINDS } from './label';
import { FIRST_FIT, fitOf } from './training';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  const?: unknown;
  enum?: unknown[];
}

const { components } = research as unknown as { components: { schemas: Record<string, Schema> } };

/** Every field of a schema by its path, and every value that it may have where these are named. */
function pathsOf(schema: Schema, at = ''): string[] {
  const { $ref: ref } = schema;
  if (ref) return pathsOf(components.schemas[ref.split('/').pop()!]!, at);
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const named = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    `${at}.${name}`,
    ...pathsOf(field, `${at}.${name}`),
  ]);
  return [...inner, ...parts.flatMap((part) => pathsOf(part, at)), ...named.map((value) => `${at}=${String(value)}`)];
}

/** The same of what is sent. */
function sentPaths(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${at}=${String(value)}`];
  return Object.entries(value).flatMap(([name, field]) => [`${at}.${name}`, ...sentPaths(field, `${at}.${name}`)]);
}

describe('the form of a model', () => {
  it('reaches every field, and every value of those that are choices, which the API takes', () => {
    const labels = LABEL_KINDS.flatMap(({ value: kind }) =>
      WIDTH_KINDS.flatMap(({ value: width }) =>
        EVENT_KINDS.map(({ value: events }) =>
          labelOf({ ...FIRST_LABEL, ...{ kind, width, events, widthInput: 'atr', side: 'rule' } }),
        ),
      ),
    );
    const forest = { imported: false, draws_rows: true, refit: null };
    const choices = [
      { calibration: 'platt', score: 'f_statistic', keep: 'best', kept: '1' },
      { calibration: 'isotonic', score: 'mutual_information', keep: 'share', kept: '0.5' },
      { calibration: 'platt', score: 'variance', keep: 'above', kept: '0' },
    ] as const;
    const fits = choices.map((chosen) =>
      fitOf(
        {
          ...FIRST_FIT,
          ...{ classes: 'balanced', uniqueness: true, decay: '0.5', draws: 'sequential', ...chosen },
          ...{ every: '5', minTrain: '100', seed: '1' },
        },
        forest,
        'forward_return_sign',
      ),
    );
    const bodies = [...labels.map(({ label }) => ({ label })), ...fits.map(({ fit }) => fit)];
    const sent = new Set(bodies.flatMap((body) => sentPaths(body)));
    const { label, training, refit, seed, ...others } = components.schemas.CreateModelDto!.properties!;
    // the rest are fields of their own: name, kind, inputs, and the parameters, whose form is made from their schema
    expect(Object.keys(others).sort()).toEqual(['feature_ids', 'kind', 'name', 'params']);
    const wanted = pathsOf({ properties: { label: label!, training: training!, refit: refit!, seed: seed! } });
    expect(wanted.length).toBeGreaterThan(30);
    expect(wanted.filter((path) => !sent.has(path))).toEqual([]);
  });
});
