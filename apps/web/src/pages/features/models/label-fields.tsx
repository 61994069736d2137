import { NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { EVENT_KINDS, LABEL_TITLES, labelKindsOf, WIDTH_KINDS, type LabelDraft } from './label';
import type { ModelTask } from './queries';

interface Props {
  label: LabelDraft;
  onChange: (label: LabelDraft) => void;
  /** What the kind of model can learn. */
  tasks: readonly ModelTask[];
  /** Names of the chosen inputs, which barriers may be told by. */
  inputs: readonly string[];
  /** By field of the draft. */
  errors: Readonly<Record<string, string | undefined>>;
}

/** What a model learns to say: each field of the label that its kind has. */
export function LabelFields({ label, onChange, tasks, inputs, errors }: Props) {
  const set = (change: Partial<LabelDraft>) => onChange({ ...label, ...change });
  const number = (name: Exclude<keyof typeof LABEL_TITLES, 'widthInput'>, hint: string) => (
    <TextInput
      label={LABEL_TITLES[name]}
      description={hint}
      inputMode="decimal"
      value={label[name]}
      error={errors[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  const barriers = label.kind === 'triple_barrier';
  return (
    <Stack gap="sm">
      <NativeSelect
        label="To say"
        data={labelKindsOf(tasks).map(({ value, label: words }) => ({ value, label: words }))}
        value={label.kind}
        error={errors.kind}
        onChange={(event) => set({ kind: event.currentTarget.value as LabelDraft['kind'] })}
      />
      <SimpleGrid cols={{ base: 1, sm: barriers ? 3 : 2 }}>
        {number('horizon', '1 to 1000')}
        {barriers && number('profit', 'on the side that is taken; empty: no such barrier')}
        {barriers && number('stop', 'against the side; empty: no such barrier')}
      </SimpleGrid>
      {barriers && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NativeSelect
              label="A width is"
              description="what the distances are measured in, known at the close of the event"
              data={[...WIDTH_KINDS]}
              value={label.width}
              onChange={(event) => set({ width: event.currentTarget.value as LabelDraft['width'] })}
            />
            {label.width === 'volatility' && number('window', '2 to 1000')}
            {label.width === 'fixed' && number('fraction', 'above 0: 0.02 is 2 %')}
            {label.width === 'input' && (
              <NativeSelect
                label={LABEL_TITLES.widthInput}
                description="no event where it is not above 0"
                data={[{ value: '', label: 'Choose …' }, ...inputs]}
                value={label.widthInput}
                error={errors.widthInput}
                onChange={(event) => set({ widthInput: event.currentTarget.value })}
              />
            )}
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <NativeSelect
              label="Side"
              description="an input whose sign is the side of a rule before: labels then say whether it gained"
              data={[{ value: '', label: 'Long everywhere' }, ...inputs]}
              value={label.side}
              error={errors.side}
              onChange={(event) => set({ side: event.currentTarget.value })}
            />
            <NativeSelect
              label="Rows are made of"
              description="the events that are labelled"
              data={[...EVENT_KINDS]}
              value={label.events}
              onChange={(event) => set({ events: event.currentTarget.value as LabelDraft['events'] })}
            />
            {label.events === 'cusum' && number('cusum', 'above 0')}
          </SimpleGrid>
        </>
      )}
    </Stack>
  );
}
