import { Button, Group, Stack, TagsInput, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import { asProblem } from '../../api/problem';
import { ProblemAlert } from '../../states/problem-alert';
import { QueryView } from '../../states/query-view';
import { Time } from '../../values/time';
import { annotationQuery, type Annotation } from './queries';

function NotesForm({ id, annotation }: { id: string; annotation: Annotation | null }) {
  const client = useQueryClient();
  const [note, setNote] = useState(annotation?.note ?? '');
  const [tags, setTags] = useState<string[]>(annotation?.tags ?? []);
  const save = useMutation({
    mutationFn: () =>
      answer(
        research.PUT('/api/annotations/{kind}/{id}', {
          params: { path: { kind: 'strategy', id } },
          body: { note: note.trim() || null, tags, ...(annotation ? { version: annotation.version } : {}) },
        }),
      ),
    onSuccess: (saved) => {
      client.setQueryData(annotationQuery(id).queryKey, saved);
      void client.invalidateQueries({ queryKey: ['strategy'] });
    },
  });
  const problem = save.error ? asProblem(save.error) : undefined;
  const changed = note !== (annotation?.note ?? '') || tags.join() !== (annotation?.tags ?? []).join();
  return (
    <Stack maw={720}>
      {problem && <ProblemAlert problem={problem} title="Not saved" />}
      <TagsInput
        label="Tags"
        description="Lower-case letters, digits and . _ : / - ; Enter adds one."
        value={tags}
        onChange={(all) => setTags(all.map((tag) => tag.toLowerCase()))}
        error={problem?.of('tags')}
        clearable
      />
      <Textarea
        label="Note"
        description="What you want to remember: the hypothesis, what was tried, what to try next."
        autosize
        minRows={6}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={problem?.of('note')}
      />
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {annotation ? (
            <>
              Last saved <Time value={annotation.updated_at} />
            </>
          ) : (
            'Nothing saved yet'
          )}
        </Text>
        <Button onClick={() => save.mutate()} loading={save.isPending} disabled={!changed}>
          Save
        </Button>
      </Group>
    </Stack>
  );
}

export function NotesTab({ id }: { id: string }) {
  const query = useQuery(annotationQuery(id));
  return (
    <QueryView query={query}>
      {(annotation) => <NotesForm key={annotation?.version ?? 0} id={id} annotation={annotation} />}
    </QueryView>
  );
}
