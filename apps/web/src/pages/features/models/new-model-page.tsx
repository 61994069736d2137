import { Button, Group, MultiSelect, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, research } from '../../../api/clients';
import { asProblem, type ApiProblem } from '../../../api/problem';
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
import { FitFields } from './fit-fields';
import { FIRST_LABEL, LABEL_PATHS, labelOf, labelWithin } from './label';
import { LabelFields } from './label-fields';
import { modelPluginsQuery, type ModelKind, type ModelPlugin } from './queries';
import { FIRST_FIT, FIT_PATHS, fieldsOf, fitOf } from './training';

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
  const [chosenLabel, setLabel] = useState(FIRST_LABEL);
  const [texts, setTexts] = useState<FieldTexts>({});
  const [fit, setFit] = useState(FIRST_FIT);
  const plugin = plugins.find((one) => one.kind === kind)!;
  const columns = inputs.flatMap((id) => features.find((feature) => feature.id === id)?.name ?? []);
  const label = labelWithin(chosenLabel, plugin.tasks, columns);
  const learns = labelOf(label);
  const fitted = fitOf(fit, plugin, label.kind);
  const parsed = parseValues(plugin.parameter_schema, texts);
  const make = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/models', {
          body: {
            ...{ name: name.trim(), kind, feature_ids: inputs, label: learns.label, params: parsed.values },
            ...fitted.fit,
          },
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
  const wrong = { ...parsed.errors, ...learns.errors, ...fitted.errors };
  const ready = name.trim() !== '' && inputs.length > 0 && Object.keys(wrong).length === 0;
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
          clearable
        />
        <Section title="What it learns">
          <LabelFields
            label={label}
            onChange={setLabel}
            tasks={plugin.tasks}
            inputs={columns}
            errors={{
              kind: problem?.of('label.kind'),
              profit: problem?.of('label'),
              ...saidOf(LABEL_PATHS, problem),
              ...learns.errors,
            }}
          />
        </Section>
        <Section title="Parameters">
          <SchemaForm schema={plugin.parameter_schema} texts={texts} onChange={setTexts} errors={errors} />
        </Section>
        {!plugin.imported && (
          <FitFields
            fit={fit}
            onChange={setFit}
            fields={fieldsOf(plugin, label.kind)}
            refit={plugin.refit}
            errors={{ ...saidOf(FIT_PATHS, problem), ...fitted.errors }}
          />
        )}
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

/** What an answer says of each field of a draft, by the field's own name. */
const saidOf = (paths: Readonly<Record<string, string>>, problem: ApiProblem | undefined) =>
  Object.fromEntries(
    Object.entries(paths).flatMap(([name, path]) => {
      const said = problem?.of(path);
      return said === undefined ? [] : [[name, said]];
    }),
  );
