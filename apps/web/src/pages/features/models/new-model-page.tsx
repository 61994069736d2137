import {
  Button,
  Group,
  MultiSelect,
  NativeSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { answer, requestName, research } from '../../../api/clients';
import { asProblem } from '../../../api/problem';
import { allFeaturesQuery, type Feature } from '../../../definitions/features-query';
import { NO_MODEL } from '../../../definitions/no-model';
import { SchemaForm } from '../../../forms/schema-form';
import { parseValues, type FieldTexts } from '../../../forms/schema-values';
import { asSentence, inWords } from '../../../format/words';
import { ButtonLink } from '../../../shell/links';
import { Page, Section } from '../../../shell/page';
import { Empty } from '../../../states/empty';
import { ProblemAlert } from '../../../states/problem-alert';
import { QueryView } from '../../../states/query-view';
import { FIRST_LABEL, LABEL_KINDS, labelOf, type LabelKind } from './label';
import { modelPluginsQuery, type ModelKind, type ModelPlugin } from './queries';

/** Specifies a model: its kind, its inputs, what it learns, its parameters. */
export function NewModelPage() {
  const plugins = useQuery(modelPluginsQuery);
  const features = useQuery(allFeaturesQuery);
  return (
    <Page title="New model" lead="Turns features into a prediction, which rules compare.">
      <QueryView query={plugins}>
        {(kinds) => (
          <QueryView query={features}>
            {(inputs) =>
              inputs.length === 0 ? (
                <Empty title="No feature yet" action={<ButtonLink to="/features/new">Make one</ButtonLink>}>
                  A model reads features: make one or more first.
                </Empty>
              ) : (
                <ModelForm plugins={kinds.filter(({ kind }) => kind !== NO_MODEL)} features={inputs} />
              )
            }
          </QueryView>
        )}
      </QueryView>
    </Page>
  );
}

function ModelForm({ plugins, features }: { plugins: readonly ModelPlugin[]; features: readonly Feature[] }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<ModelKind>(plugins[0]!.kind);
  const [inputs, setInputs] = useState<string[]>([]);
  const [label, setLabel] = useState(FIRST_LABEL);
  const [texts, setTexts] = useState<FieldTexts>({});
  const plugin = plugins.find((one) => one.kind === kind)!;
  const parsed = useMemo(() => parseValues(plugin.parameter_schema, texts), [plugin, texts]);
  const make = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/models', {
          params: { header: { 'Idempotency-Key': requestName() } },
          body: { name: name.trim(), kind, feature_ids: inputs, label: labelOf(label), params: parsed.values },
        }),
      ),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['model'] });
      await navigate({ to: '/features/models/$id', params: { id: made.id } });
    },
  });
  const problem = make.error ? asProblem(make.error) : undefined;
  const errors = { ...parsed.errors };
  for (const { field, message } of problem?.fields ?? []) {
    if (field.startsWith('params.')) errors[field.slice('params.'.length)] ??= message;
  }
  const ready = name.trim() !== '' && inputs.length > 0 && Object.keys(parsed.errors).length === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !make.isPending) make.mutate();
      }}
    >
      <Stack gap="lg" maw={860}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label="Name"
            required
            value={name}
            error={problem?.of('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NativeSelect
            label="Kind"
            data={plugins.map((one) => ({ value: one.kind, label: inWords(one.kind) }))}
            value={kind}
            onChange={(event) => {
              setKind(event.currentTarget.value as ModelKind);
              setTexts({});
            }}
          />
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {asSentence(plugin.description)}.
        </Text>
        <MultiSelect
          label="Inputs"
          description="Features in the order of the model's columns"
          required
          searchable
          data={features.map((feature) => ({ value: feature.id, label: feature.name }))}
          value={inputs}
          onChange={setInputs}
          error={problem?.of('feature_ids')}
          clearButtonProps={{ 'aria-label': 'Take all inputs away' }}
        />
        <Section title="What it learns">
          <Select
            label="To say"
            allowDeselect={false}
            data={[...LABEL_KINDS]}
            value={label.kind}
            onChange={(value) => setLabel({ ...label, kind: value as LabelKind })}
            error={problem?.of('label.kind')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2, sm: 4 }}>
            <NumberInput
              label="Bars ahead"
              min={1}
              max={1000}
              value={label.horizon}
              onChange={(horizon) => setLabel({ ...label, horizon })}
              error={problem?.of('label.horizon')}
            />
            {label.kind === 'triple_barrier' && (
              <>
                <NumberInput
                  label="Profit, deviations"
                  placeholder="None"
                  min={0}
                  value={label.profit}
                  onChange={(profit) => setLabel({ ...label, profit })}
                  error={problem?.of('label.profit') ?? problem?.of('label')}
                />
                <NumberInput
                  label="Stop, deviations"
                  placeholder="None"
                  min={0}
                  value={label.stop}
                  onChange={(stop) => setLabel({ ...label, stop })}
                  error={problem?.of('label.stop')}
                />
                <NumberInput
                  label="Deviation over, bars"
                  min={2}
                  max={1000}
                  value={label.window}
                  onChange={(window) => setLabel({ ...label, window })}
                  error={problem?.of('label.width.window')}
                />
              </>
            )}
          </SimpleGrid>
        </Section>
        <Section title="Parameters">
          <SchemaForm schema={plugin.parameter_schema} texts={texts} onChange={setTexts} errors={errors} />
        </Section>
        {problem && <ProblemAlert problem={problem} title="Not made" />}
        <Group>
          <Button type="submit" loading={make.isPending} disabled={!ready}>
            Make the model
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
