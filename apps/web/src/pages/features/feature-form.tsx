import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import type { ApiProblem } from '../../api/problem';
import { SchemaForm } from '../../forms/schema-form';
import { parseValues, textsOf, type FieldTexts } from '../../forms/schema-values';
import { asSentence } from '../../format/words';
import { ProblemAlert } from '../../states/problem-alert';
import type { FeaturePlugin } from './queries';

export interface FeatureFields {
  name: string;
  plugin: string;
  params: Record<string, unknown>;
}

interface Props {
  plugins: readonly FeaturePlugin[];
  /** What there is, for changing it. */
  first?: FeatureFields;
  action: string;
  pending: boolean;
  problem: ApiProblem | undefined;
  onSend: (fields: FeatureFields) => void;
  children?: ReactNode;
}

/** A feature: its name, its plugin, and a field for each parameter that the plugin declares. */
export function FeatureForm({ plugins, first, action, pending, problem, onSend, children }: Props) {
  const find = (key: string | null) => plugins.find((one) => one.key === key);
  const [name, setName] = useState(first?.name ?? '');
  const [key, setKey] = useState<string | null>(first?.plugin ?? null);
  const [texts, setTexts] = useState<FieldTexts>(() => {
    const plugin = first && find(first.plugin);
    return plugin ? textsOf(plugin.parameter_schema, first.params) : {};
  });
  const plugin = find(key);
  const parsed = useMemo(
    () => (plugin ? parseValues(plugin.parameter_schema, texts) : { values: {}, errors: {} }),
    [plugin, texts],
  );
  // a field that nobody has begun is not wrong yet
  const errors = Object.fromEntries(Object.entries(parsed.errors).filter(([field]) => (texts[field] ?? '') !== ''));
  for (const { field, message } of problem?.fields ?? []) {
    if (field.startsWith('params.')) errors[field.slice('params.'.length)] ??= message;
  }
  const ready = name.trim() !== '' && plugin !== undefined && Object.keys(parsed.errors).length === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !pending) onSend({ name: name.trim(), plugin: plugin.key, params: parsed.values });
      }}
    >
      <Stack gap="sm" maw={640}>
        <TextInput
          label="Name"
          description="What rules and models call the column: letters, digits, _ and points"
          placeholder="rsi_14"
          required
          value={name}
          error={problem?.of('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Kind"
          required
          searchable
          allowDeselect={false}
          placeholder={`One of ${plugins.length}: write a part of its name`}
          nothingFoundMessage="No kind has this in its name"
          data={plugins.map((one) => ({ value: one.key, label: `${one.key}: ${one.description}` }))}
          value={key}
          error={problem?.of('plugin')}
          onChange={(next) => {
            setKey(next);
            setTexts({});
          }}
        />
        {plugin && (
          <>
            <Text size="sm" c="dimmed">
              {asSentence(plugin.description)}.
            </Text>
            <SchemaForm schema={plugin.parameter_schema} texts={texts} onChange={setTexts} errors={errors} />
          </>
        )}
        {problem && <ProblemAlert problem={problem} title="Not saved" />}
        <Group>
          <Button type="submit" loading={pending} disabled={!ready}>
            {action}
          </Button>
          {children}
        </Group>
      </Stack>
    </form>
  );
}
