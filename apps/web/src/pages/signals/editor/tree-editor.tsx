import { ActionIcon, Alert, Badge, Button, CloseButton, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { formatCount } from '../../../format/number';
import { asSentence, plural } from '../../../format/words';
import type { GroupCount, UnreachableGroup } from '../verdict';
import { BranchRules, CombinatorChoice } from './branch-editor';
import { movedGroup, without, withBranch, withGroup, type GroupDraft, type TreeDraft } from './draft';
import { EditorContext, useEditor, type FieldGroup } from './editor-context';
import { countedGroups, type NodeProblems } from './node-problems';
import type { Action } from '../../../definitions/rule-tree';

interface Props {
  draft: TreeDraft;
  onChange: (edit: (tree: TreeDraft) => TreeDraft) => void;
  fields: readonly FieldGroup[];
  problems: NodeProblems;
  unreachable: readonly UnreachableGroup[];
  /** What each group said in the dry run; none without one. */
  counts: readonly GroupCount[];
  /** Rows of the dry run. */
  rows: number;
  positionMode: string;
}

const actionsOf = (positionMode: string): { value: Action; label: string }[] => [
  { value: 'BUY', label: 'Buy: be long' },
  { value: 'SELL', label: positionMode === 'long_only' ? 'Sell: be out' : 'Sell: be short' },
  { value: 'HOLD', label: 'Hold: keep what is held' },
];

interface GroupProps extends Pick<Props, 'positionMode' | 'rows'> {
  group: GroupDraft;
  index: number;
  last: number;
  count: GroupCount | undefined;
  unreachable: UnreachableGroup | undefined;
}

function GroupEditor({ group, index, last, count, unreachable, rows, positionMode }: GroupProps) {
  const { change } = useEditor();
  const name = `group ${index + 1}`;
  return (
    <Paper withBorder p="sm" radius="md" component="section" aria-label={`Group ${index + 1}`}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Group gap="xs">
            <Text fw={600} size="sm">
              {index + 1}.
            </Text>
            <NativeSelect
              size="xs"
              aria-label={`${name}: what to do`}
              data={actionsOf(positionMode)}
              value={group.action}
              onChange={(event) => {
                const action = event.currentTarget.value as Action;
                change((tree) => withBranch(tree, group.key, { action }));
              }}
            />
            <Text size="sm">when</Text>
            <CombinatorChoice branch={group} name={name} />
            {count && rows > 0 && (
              <Badge variant="light" radius="sm" tt="none" color={count.decided > 0 ? 'blue' : 'yellow'}>
                {count.decided > 0
                  ? `decides ${formatCount(count.decided)} of ${plural(rows, 'bar')}`
                  : `! decides none of ${plural(rows, 'bar')}`}
              </Badge>
            )}
          </Group>
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="default"
              size="sm"
              aria-label={`Move ${name} up`}
              disabled={index === 0}
              onClick={() => change((tree) => movedGroup(tree, index, -1))}
            >
              ↑
            </ActionIcon>
            <ActionIcon
              variant="default"
              size="sm"
              aria-label={`Move ${name} down`}
              disabled={index === last}
              onClick={() => change((tree) => movedGroup(tree, index, 1))}
            >
              ↓
            </ActionIcon>
            <CloseButton aria-label={`Remove ${name}`} onClick={() => change((tree) => without(tree, group.key))} />
          </Group>
        </Group>
        {unreachable && (
          <Alert color="yellow" variant="light" p="xs" title="Never decides">
            <Text size="xs">{asSentence(countedGroups(unreachable.message))}.</Text>
          </Alert>
        )}
        <BranchRules branch={group} place={`groups[${index}]`} name={name} depth={1} />
      </Stack>
    </Paper>
  );
}

/** Groups in their order, each with its rules; the first that holds decides. */
export function TreeEditor(props: Props) {
  const { draft, onChange, fields, problems, unreachable, counts, rows, positionMode } = props;
  const editor = useMemo(() => ({ fields, problems, change: onChange }), [fields, problems, onChange]);
  return (
    <EditorContext value={editor}>
      <Stack gap="sm">
        {draft.groups.map((group, index) => (
          <GroupEditor
            key={group.key}
            group={group}
            index={index}
            last={draft.groups.length - 1}
            count={counts.find((one) => one.group === index)}
            unreachable={unreachable.find((one) => one.group === index)}
            rows={rows}
            positionMode={positionMode}
          />
        ))}
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => onChange((tree) => withGroup(tree, 'BUY'))}>
            Add a group
          </Button>
          <Text size="xs" c="dimmed">
            The first group that holds decides; where none does, what is held is kept.
          </Text>
        </Group>
      </Stack>
    </EditorContext>
  );
}
