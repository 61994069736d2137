import { plural } from '../../../format/words';
import type { components } from '../../../api/generated/research';
import { parseValues, type ObjectSchema } from '../../../forms/schema-values';
import type { ModelTask } from './queries';

export type ModelLabel = NonNullable<components['schemas']['CreateModelDto']['label']>;

export const LABEL_KINDS = [
  {
    value: 'forward_return_sign',
    label: 'Whether the close is higher after some bars',
    task: 'classification',
  },
  { value: 'forward_return', label: 'The return over some bars', task: 'regression' },
  { value: 'triple_barrier', label: 'Which barrier the close touches first', task: 'classification' },
] as const satisfies readonly { value: ModelLabel['kind']; label: string; task: ModelTask }[];
export type LabelKind = (typeof LABEL_KINDS)[number]['value'];

/** What a model of these tasks can learn to say. */
export const labelKindsOf = (tasks: readonly ModelTask[]) => LABEL_KINDS.filter(({ task }) => tasks.includes(task));

export const WIDTH_KINDS = [
  { value: 'volatility', label: 'The deviation of the last returns' },
  { value: 'fixed', label: 'A fraction of the price' },
  { value: 'input', label: 'What an input says at the event' },
] as const;
export const EVENT_KINDS = [
  { value: 'every_bar', label: 'Every bar' },
  { value: 'cusum', label: 'Bars at which the returns since the last event sum to more than some widths' },
] as const;

/** What the fields hold, numbers as they are typed. */
export interface LabelDraft {
  kind: LabelKind;
  horizon: string;
  /** What the distances of barriers are measured in. */
  width: (typeof WIDTH_KINDS)[number]['value'];
  window: string;
  fraction: string;
  widthInput: string;
  /** In widths; empty: no such barrier. */
  profit: string;
  stop: string;
  /** An input by name; empty: long everywhere. */
  side: string;
  events: (typeof EVENT_KINDS)[number]['value'];
  cusum: string;
}
export const FIRST_LABEL: LabelDraft = {
  ...{ kind: 'forward_return_sign', horizon: '1', width: 'volatility', window: '20', fraction: '0.02', widthInput: '' },
  ...{ profit: '2', stop: '2', side: '', events: 'every_bar', cusum: '1' },
};

/**
 * The draft with what the model can have alone: a kind that it learns, and inputs that it reads. What is shown is what is sent, also after
 * the model's kind or its inputs were changed.
 */
export function labelWithin(draft: LabelDraft, tasks: readonly ModelTask[], inputs: readonly string[]): LabelDraft {
  const kinds = labelKindsOf(tasks).map(({ value }) => value);
  const read = (name: string) => (inputs.includes(name) ? name : '');
  return {
    ...draft,
    kind: kinds.includes(draft.kind) ? draft.kind : (kinds[0] ?? draft.kind),
    ...{ widthInput: read(draft.widthInput), side: read(draft.side) },
  };
}

/** Fields that hold numbers or an input's name, as the page titles them. */
export const LABEL_TITLES = {
  horizon: 'Bars ahead',
  profit: 'Profit in widths',
  stop: 'Stop in widths',
  window: 'Bars of the deviation',
  fraction: 'Fraction of the price',
  widthInput: 'Input that is the width',
  cusum: 'Widths that make an event',
} as const;

const above0 = { type: 'number', exclusiveMinimum: 0 } as const;
const HORIZON = { title: LABEL_TITLES.horizon, type: 'integer', minimum: 1, maximum: 1000 } as const;
const WINDOW = { title: LABEL_TITLES.window, type: 'integer', minimum: 2, maximum: 1000 } as const;
const WIDTHS: Record<LabelDraft['width'], ObjectSchema> = {
  volatility: { properties: { window: WINDOW }, required: ['window'] },
  fixed: {
    properties: { fraction: { ...above0, title: LABEL_TITLES.fraction, maximum: 10 } },
    required: ['fraction'],
  },
  input: { properties: { widthInput: { title: LABEL_TITLES.widthInput, type: 'string' } }, required: ['widthInput'] },
};

/** The rules of the fields that are in use. */
function schemaOf({ kind, width, events }: LabelDraft): ObjectSchema {
  if (kind !== 'triple_barrier') return { properties: { horizon: HORIZON }, required: ['horizon'] };
  const { properties, required = [] } = WIDTHS[width];
  const isCusum = events === 'cusum';
  return {
    properties: {
      horizon: HORIZON,
      profit: { ...above0, title: LABEL_TITLES.profit },
      stop: { ...above0, title: LABEL_TITLES.stop },
      ...properties,
      ...(isCusum ? { cusum: { ...above0, title: LABEL_TITLES.cusum } } : {}),
    },
    required: ['horizon', ...required, ...(isCusum ? ['cusum'] : [])],
  };
}

/** The path at which the API names what a field holds. */
export const LABEL_PATHS: Readonly<Record<string, string>> = {
  horizon: 'label.horizon',
  window: 'label.width.window',
  fraction: 'label.width.fraction',
  widthInput: 'label.width.name',
  profit: 'label.profit',
  stop: 'label.stop',
  side: 'label.side',
  cusum: 'label.events.widths',
};

/** The label as the API has it; absent while a field, by its own name, says what is wrong. */
export function labelOf(draft: LabelDraft): { label?: ModelLabel; errors: Record<string, string> } {
  const { kind, width, events, side } = draft;
  const { values, errors } = parseValues(schemaOf(draft), { ...draft });
  if (kind === 'triple_barrier' && draft.profit.trim() === '' && draft.stop.trim() === '')
    errors.profit = 'a profit or a stop must be given';
  if (Object.keys(errors).length > 0) return { errors };
  const horizon = values.horizon as number;
  if (kind !== 'triple_barrier') return { label: { kind, horizon }, errors };
  const number = (name: string) => (values[name] as number | undefined) ?? null;
  const widths = {
    volatility: { kind: 'volatility', window: number('window')! },
    fixed: { kind: 'fixed', fraction: number('fraction')! },
    input: { kind: 'input', name: draft.widthInput },
  } as const;
  const label: ModelLabel = {
    ...{ kind, horizon, width: widths[width], profit: number('profit'), stop: number('stop') },
    side: side === '' ? null : side,
    events: events === 'cusum' ? { kind: 'cusum', widths: number('cusum')! } : { kind: 'every_bar' },
  };
  return { label, errors };
}

/** What a model learns, in words. */
export function labelWords(label: ModelLabel | null | undefined): string | null {
  if (!label) return null;
  const bars = label.horizon === 1 ? 'after 1 bar' : `after ${label.horizon} bars`;
  switch (label.kind) {
    case 'forward_return_sign':
      return `Whether the close is higher ${bars}`;
    case 'forward_return':
      return `The return ${bars}`;
    default: {
      const { profit, stop, width, side, events } = label;
      const sides = [profit !== null && `a profit of ${profit}`, stop !== null && `a stop of ${stop}`].filter(Boolean);
      const unit =
        width.kind === 'fixed'
          ? `x ${width.fraction} of the price`
          : width.kind === 'volatility'
            ? `deviations over ${plural(width.window, 'bar')}`
            : `x ${width.name}`;
      const more = [
        side !== null && `on the side of ${side}`,
        events.kind === 'cusum' && `at bars that moved ${events.widths} widths since the last`,
      ].filter(Boolean);
      const first = `Which is touched first within ${plural(label.horizon, 'bar')}: ${sides.join(' or ')} ${unit}`;
      return [first, ...more].join(', ');
    }
  }
}
