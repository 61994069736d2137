import { Button, FileButton, Group, JsonInput, Modal, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import { ProblemAlert } from '../../states/problem-alert';
import { Facts } from './facts';
import { readDocument } from './words/read-document';

/** A Strategy JSON becomes a strategy: pasted or from a file; what it means is shown before it is stored. */
export function ImportDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [source, setSource] = useState('');
  const read = readDocument(text);
  const store = useMutation({
    mutationFn: (document: Record<string, unknown>) =>
      answer(
        research.POST('/api/strategies/import', {
          body: { ...document, ...(source.trim() ? { source: source.trim() } : {}) },
        }),
      ),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['strategy'] });
      setText('');
      onClose();
      void navigate({ to: '/strategies/$id', params: { id: made.id } });
    },
  });
  const take = (file: File | null) => {
    if (file) void file.text().then(setText);
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Import a Strategy JSON" size="lg">
      <Stack>
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            Paste the document, or take it from a file.
          </Text>
          <FileButton onChange={take} accept="application/json,.json">
            {(props) => (
              <Button {...props} size="xs" variant="default">
                Choose a file
              </Button>
            )}
          </FileButton>
        </Group>
        <JsonInput
          label="Document"
          value={text}
          onChange={(value) => {
            setText(value);
            store.reset();
          }}
          autosize
          minRows={8}
          maxRows={16}
          error={read?.problem}
          data-autofocus
        />
        <TextInput
          label="Source of the bars (optional)"
          description="Where several sources have the symbol: whose bars it is tested on."
          value={source}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        {read?.facts && (
          <Paper withBorder p="sm">
            <Facts facts={read.facts} />
          </Paper>
        )}
        {store.isError && <ProblemAlert problem={store.error} title="Not imported" />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={!read?.document}
            loading={store.isPending}
            onClick={() => read?.document && store.mutate(read.document)}
          >
            Import
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
