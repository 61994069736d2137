import { Button, FileInput, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../../api/clients';
import { fileWish } from '../../../api/file-body';
import { asProblem } from '../../../api/problem';
import type { StoredSeries } from '../../../definitions/series-query';
import { SeriesSelect } from '../../../definitions/series-select';
import { Section } from '../../../shell/page';
import { ProblemAlert } from '../../../states/problem-alert';
import { AttachedNote } from './train-section';

/** Takes the file of a model that was trained elsewhere, with what is stated of its training. */
export function ImportSection({ model }: { model: string }) {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [series, setSeries] = useState<StoredSeries | null>(null);
  const [fields, setFields] = useState({ start: '', end: '' });
  const ready = file !== null && series !== null && fields.start.trim() !== '' && fields.end.trim() !== '';
  const bring = useMutation({
    mutationFn: ({ bars, bytes }: { bars: StoredSeries; bytes: File }) => {
      const query = {
        ...{ symbol: bars.symbol, timeframe: bars.timeframe, source: bars.source },
        ...{ train_start: fields.start.trim(), train_end: fields.end.trim() },
      };
      return answer(
        research.POST('/api/models/{id}/import', {
          params: { path: { id: model }, query },
          ...fileWish(bytes, `model ${model} ${JSON.stringify(query)}`),
        }),
      );
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['model'] }),
  });
  const problem = bring.error ? asProblem(bring.error) : undefined;
  return (
    <Section title="Import its file">
      <Text size="sm" c="dimmed">
        Models of this kind are trained elsewhere. State honestly what the training has seen, labels, validation and the
        choice of parameters included: nothing in the file says it, and only bars after it are scored.
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (file && series && ready && !bring.isPending) bring.mutate({ bars: series, bytes: file });
        }}
      >
        <Stack gap="sm" maw={860}>
          <FileInput
            label="File of the model"
            placeholder="An ONNX file"
            required
            clearable
            clearButtonProps={{ 'aria-label': 'Take the file away' }}
            value={file}
            onChange={setFile}
            error={problem?.of('file')}
          />
          <SeriesSelect value={series} onChange={setSeries} error={problem?.of('symbol')} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="First bar that its training has seen"
              required
              placeholder="2010-01-04"
              value={fields.start}
              error={problem?.of('train_start')}
              onChange={(event) => setFields({ ...fields, start: event.currentTarget.value })}
            />
            <TextInput
              label="Last bar that its training has seen"
              required
              placeholder="2018-12-31"
              value={fields.end}
              error={problem?.of('train_end')}
              onChange={(event) => setFields({ ...fields, end: event.currentTarget.value })}
            />
          </SimpleGrid>
          {problem && <ProblemAlert problem={problem} title="Not imported" />}
          <Group>
            <Button type="submit" loading={bring.isPending} disabled={!ready}>
              Import
            </Button>
            {bring.isSuccess && (
              <Text size="sm" role="status">
                Imported.
              </Text>
            )}
          </Group>
          {bring.data && <AttachedNote strategy={bring.data.strategy} />}
        </Stack>
      </form>
    </Section>
  );
}
