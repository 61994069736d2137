import { Button, Group, Modal, Stack, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import { parameterWords } from '../../definitions/parameter-words';
import { formatNumber } from '../../format/number';
import { ButtonLink } from '../../shell/links';
import { ProblemAlert } from '../../states/problem-alert';
import type { LeaderCell } from './queries';
import { shortNames } from './sweep-params';

/** Makes a draft of a cell. */
export function CellDialog({ job, cell, onClose }: { job: string; cell: LeaderCell; onClose: () => void }) {
  const names = shortNames(Object.keys(cell.params));
  const client = useQueryClient();
  const [name, setName] = useState('');
  const make = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/backtests/sweeps/{job_id}/strategies', {
          params: { path: { job_id: job } },
          body: { cell: cell.cell, ...(name.trim() && { name: name.trim() }) },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['strategy'] }),
  });
  return (
    <Modal opened onClose={onClose} title={`Cell ${cell.cell}, rank ${cell.rank}`}>
      <Stack>
        <Table fz="sm" aria-label="Parameters of the cell">
          <Table.Tbody>
            {Object.entries(cell.params).map(([path, value]) => (
              <Table.Tr key={path}>
                <Table.Th scope="row" title={path}>
                  {names.get(path)}
                </Table.Th>
                <Table.Td ta="right">{typeof value === 'number' ? String(value) : parameterWords(value)}</Table.Td>
              </Table.Tr>
            ))}
            <Table.Tr>
              <Table.Th scope="row">Sharpe ratio; with neighbours</Table.Th>
              <Table.Td ta="right">
                {formatNumber(cell.sharpe)}; {formatNumber(cell.plateau)}
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
        {make.data ? (
          <>
            <Text size="sm" role="status">
              Made: {make.data.name}. It is a draft in the same lineage, so every trial of this sweep counts when it is
              judged. It can be validated once it has a backtest of its own.
            </Text>
            <Group justify="flex-end">
              <ButtonLink to="/backtests/new" search={{ strategy: make.data.id }}>
                Backtest it
              </ButtonLink>
            </Group>
          </>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (!make.isPending) make.mutate();
            }}
          >
            <Stack>
              <TextInput
                label="Name of the strategy"
                placeholder="As the searched one, with its cell"
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                data-autofocus
              />
              {make.error && <ProblemAlert problem={make.error} title="Not made" />}
              <Group justify="flex-end">
                <Button variant="default" onClick={onClose}>
                  Cancel
                </Button>
                <Button type="submit" loading={make.isPending}>
                  Make a strategy of it
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Stack>
    </Modal>
  );
}
