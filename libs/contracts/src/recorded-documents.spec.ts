import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { DomainError } from '@assay/primitives';
import { changedDocument, ODD_VALUES } from '../../testing/src/documents/changed-document';
import { EVENT_SUBJECTS, eventDocument, type EventType } from './events';
import { jobDocuments, jobKindsOf, type JobKind } from './jobs/job-map';
import type { TunedModel } from './jobs/definition-jobs';
import type { SweepPayload } from './jobs/sweep';
import { resultsDocument } from './results-document';

const json = <T>(...path: string[]): T => JSON.parse(readFileSync(join(__dirname, ...path), 'utf8')) as T;
/** What the services have written, as it was. */
const events = json<Record<EventType, object>>('fixtures/recorded/events.json');
const jobs = json<Record<string, { kind: JobKind; payload: unknown; result: unknown }>>('fixtures/recorded/jobs.json');
const exampleResults = json<object>('../../../docs/examples/backtest-results.json');

const EVENT_TYPES = Object.keys(EVENT_SUBJECTS) as EventType[];
const documentOf = (type: EventType) => eventDocument(EVENT_SUBJECTS[type]);

describe('what the services have written', () => {
  it.each(EVENT_TYPES)('as event %s is read as it was written', (type) => {
    expect(documentOf(type).read(events[type])).toEqual({ document: events[type], problems: [] });
  });

  it.each(Object.entries(jobs))('as job %s is read as it was written', (_, { kind, payload, result }) => {
    const documents = jobDocuments(kind);
    expect(documents.payload.parse(payload)).toEqual(payload);
    expect(documents.result.parse(result)).toEqual(result);
  });

  it('is there of every kind', () => {
    const recorded = new Set(Object.values(jobs).map(({ kind }) => kind));
    expect([...jobKindsOf('research'), ...jobKindsOf('trade')].filter((kind) => !recorded.has(kind))).toEqual([]);
  });

  it('keeps what a newer publisher adds', () => {
    const { data, ...event } = events['strategy.demoted'] as { data: object };
    const newer = { ...event, region: 'eu', data: { ...data, urgency: 2 } };
    expect(documentOf('strategy.demoted').read(newer).document).toEqual(newer);
  });
});

describe('a payload or result that does not fit its kind', () => {
  const { payload } = jobs['backtest.sweep_shard']!;
  it.each<[string, object, string]>([
    ['a wrong member', { cells: [0, '1'] }, 'cells[1] must be an integer, was "1"'],
    ['a missing field', { swept: undefined }, 'swept must be given, was missing'],
    ['an unknown field', { shard: 1 }, 'shard is not a known field, was 1'],
  ])('is refused for %s', (_, change, message) => {
    const wrong = { ...(payload as object), ...change };
    expect(() => jobDocuments('backtest.sweep_shard').payload.parse(wrong)).toThrow(
      expect.objectContaining({ code: 'validation_failed', message }),
    );
  });

  it('is refused for a figure that is none', () => {
    const wrong = { ...(jobs['backtest.sweep_shard']!.result as object), sharpe: [null, 'high'] };
    expect(() => jobDocuments('backtest.sweep_shard').result.parse(wrong)).toThrow(
      'sharpe[1] must be a number or null, was "high"',
    );
  });
});

const times = [
  '2026-01-02T03:04:05Z',
  '2026-01-02t03:04:05.5z',
  '2026-01-02T03:04Z',
  '0000-01-01',
  '0000-01-01T00:00:00Z',
];
const odd = [...ODD_VALUES, ...times, 'BUY'];
const change = fc.record({
  place: fc.nat(),
  how: fc.constantFrom('set' as const, 'take' as const, 'add' as const),
  value: fc.constantFrom(...odd),
});

describe('what another document states is read inside a job too', () => {
  const part = (kind: JobKind, side: 'payload' | 'result', input: unknown): string[] => {
    try {
      jobDocuments(kind)[side].parse(input);
    } catch (error) {
      const { errors } = error as DomainError;
      // a rule without a text is an error without them
      if (!errors) throw error;
      return errors.map(({ message }) => message);
    }
    return [];
  };

  it('the rule tree of a candidate', () => {
    const { payload } = jobs['backtest.sweep of candidates'] as unknown as { payload: SweepPayload };
    const [candidate] = payload.candidates!;
    const [group] = candidate!.rule_tree.groups;
    const rule_tree = { groups: [{ ...group, rules: [{ field: 'close', operator: '~', value: 1 }] }] };
    expect(part('backtest.sweep', 'payload', { ...payload, candidates: [{ ...candidate, rule_tree }] })).toEqual([
      expect.stringContaining('candidates[0].rule_tree.groups[0].rules[0].operator must be one of >, <'),
    ]);
  });

  it('alternatives have a text of their own', () => {
    const { payload } = jobs['backtest.sweep']! as unknown as { payload: SweepPayload };
    const constraints = [{ left: 'a', op: '<', right: null }];
    const params = [{ path: 'a', values: [null] }];
    expect(part('backtest.sweep', 'payload', { ...payload, params, constraints })).toEqual([
      'params[0].values[0] must be a number, a string, true or false, was null',
      'constraints[0].right must be a path or a number, was null',
    ]);
  });

  it('the refit schedule of a tuning', () => {
    const { payload, result } = jobs['model.tune'] as unknown as { payload: object; result: TunedModel };
    expect(part('model.tune', 'payload', { ...payload, refit: [{ every: 0, min_train: 2 }] })).toEqual([
      'refit[0].every must be at least 1, was 0',
    ]);
    const best = { ...result.best!, params: { refit: 'daily' } };
    expect(part('model.tune', 'result', { ...result, best })).toEqual([
      'best.params.refit must be a number or a refit schedule, was "daily"',
    ]);
  });

  it.each(Object.entries(jobs))('and any changed document has its problems named: %s', (_, { kind, ...recorded }) => {
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom('payload' as const, 'result' as const), change, (side, made) => {
        refused += part(kind, side, changedDocument(recorded[side] as object, [made])).length;
      }),
      { numRuns: 100 },
    );
    expect(refused).toBeGreaterThan(10);
  });
});

describe('the published JSON Schema and the reader agree', () => {
  const published = [
    ...EVENT_TYPES.map((type) => ({ name: type as string, document: documentOf(type), right: events[type] })),
    { name: 'backtest results', document: resultsDocument, right: exampleResults },
  ].map(({ document, ...rest }) => ({
    ...rest,
    accepts: addFormats(new Ajv2020({ strict: false })).compile(document.jsonSchema()),
    reads: (input: unknown) => document.read(input).problems.length === 0,
  }));

  it.each(published)('on any changed document: $name', ({ right, accepts, reads }) => {
    const found = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(change, { maxLength: 2 }), (changes) => {
        const input = changedDocument(right, changes);
        const isRead = reads(input);
        found[isRead ? 'accepted' : 'refused'] += 1;
        expect([input, accepts(input)]).toEqual([input, isRead]);
      }),
      { numRuns: 400 },
    );
    expect(found.accepted).toBeGreaterThan(40);
    expect(found.refused).toBeGreaterThan(40);
  });
});
