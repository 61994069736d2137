import { Alert, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import { ConfirmDialog } from '../../forms/confirm-dialog';
import { policiesQuery, type Strategy } from './queries';
import { POLICY_ORDER, policyWords, type Policy } from './words/gate-words';
import type { Judged } from './words/verdict';

interface Props {
  strategy: Strategy;
  gates: Judged['gates'];
  opened: boolean;
  onClose: () => void;
}

function refusal(gates: Judged['gates'], policy: Policy): string {
  const failed = gates[policy]?.gates.filter((gate) => gate.passed === false && !gate.informational) ?? [];
  if (failed.length === 0) return 'Evidence is missing';
  return failed.length === 1 ? 'One of its gates is not passed' : `${failed.length} of its gates are not passed`;
}

/** The policy to promote under, in words: what it asks, what it is good for. */
export function PromoteDialog({ strategy, gates, opened, onClose }: Props) {
  const client = useQueryClient();
  const policies = useQuery({ ...policiesQuery(), enabled: opened });
  const passed = POLICY_ORDER.filter((policy) => strategy.validated_under.includes(policy));
  const [chosen, setChosen] = useState<Policy | null>(null);
  const policy = (chosen && passed.includes(chosen) ? chosen : passed[0]) ?? 'exploratory';
  const promote = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/strategies/{id}/promote', {
          params: { path: { id: strategy.id } },
          body: { policy, version: strategy.version },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['strategy'] });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      opened={opened}
      onClose={() => {
        promote.reset();
        onClose();
      }}
      title={`Promote ${strategy.name}`}
      action="Promote"
      danger={false}
      missing={passed.length === 0 ? 'It passes no policy yet.' : undefined}
      pending={promote.isPending}
      problem={promote.error}
      onConfirm={() => promote.mutate()}
    >
      <Stack>
        <Text size="sm">
          Version {strategy.revision} becomes the one that may be deployed. A newer version has to be validated and
          promoted again.
        </Text>
        <Radio.Group label="Under which policy" value={policy} onChange={(value) => setChosen(value as Policy)}>
          <Stack mt="xs" gap="sm">
            {POLICY_ORDER.map((key) => {
              const { name, good } = policyWords(key);
              const asks = policies.data?.items.find(({ policy: one }) => one === key)?.asks ?? '';
              const may = passed.includes(key);
              return (
                <Radio
                  key={key}
                  value={key}
                  disabled={!may}
                  label={`${name}: good ${good}`}
                  description={may ? asks : `${asks} ${refusal(gates, key)}.`.trim()}
                />
              );
            })}
          </Stack>
        </Radio.Group>
        {policy === 'exploratory' && (
          <Alert color="yellow" variant="light" title="Good for paper only">
            <Text size="sm">
              Trading with money is refused to a strategy that was promoted under this policy. On paper it can show what
              it is worth.
            </Text>
          </Alert>
        )}
      </Stack>
    </ConfirmDialog>
  );
}
