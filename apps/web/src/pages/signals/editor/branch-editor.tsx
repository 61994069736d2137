import { Button, CloseButton, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { isBranch, newBranch, newLeaf, without, withBranch, type BranchDraft } from './draft';
import { useEditor } from './editor-context';
import classes from './editor.module.css';
import { LeafEditor } from './leaf-editor';
import type { Combinator } from '../../../definitions/rule-tree';

const COMBINATORS = [
  { value: 'AND', label: 'all hold' },
  { value: 'OR', label: 'any holds' },
];
/** Deeper ones are refused by the API; nobody reads them either. */
const DEEPEST = 16;

interface Props {
  branch: BranchDraft;
  /** Its place in the tree as the API names it, such as `groups[0].rules[1]`. */
  place: string;
  /** As people name it, such as `group 1, rule 2`. */
  name: string;
  depth: number;
}

export function CombinatorChoice({ branch, name }: Pick<Props, 'branch' | 'name'>) {
  const { change } = useEditor();
  return (
    <SegmentedControl
      size="xs"
      aria-label={`${name}: how many of its rules must hold`}
      data={COMBINATORS}
      value={branch.combinator}
      onChange={(value) => change((tree) => withBranch(tree, branch.key, { combinator: value as Combinator }))}
    />
  );
}

/** The rules of a group or a branch, and what may be added to them. */
export function BranchRules({ branch, place, name, depth }: Props) {
  const { problems, change } = useEditor();
  const own = problems.get(place);
  const add = (added: ReturnType<typeof newLeaf> | BranchDraft) =>
    change((tree) => withBranch(tree, branch.key, { added }));
  return (
    <Stack gap="xs">
      {branch.rules.map((rule, index) => {
        const shared = { place: `${place}.rules[${index}]`, name: `${name}, rule ${index + 1}` };
        return isBranch(rule) ? (
          <Branch key={rule.key} branch={rule} depth={depth + 1} {...shared} />
        ) : (
          <LeafEditor key={rule.key} leaf={rule} {...shared} />
        );
      })}
      {(own?.rules ?? own?.['']) && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {own?.rules ?? own?.['']}
        </Text>
      )}
      <Group gap="xs">
        <Button size="compact-xs" variant="default" aria-label={`Add a rule to ${name}`} onClick={() => add(newLeaf())}>
          Add a rule
        </Button>
        {depth < DEEPEST && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Add brackets to ${name}`}
            onClick={() => add(newBranch())}
          >
            Add brackets
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Branch({ branch, place, name, depth }: Props) {
  const { change } = useEditor();
  return (
    <Stack gap="xs" className={classes.branch} role="group" aria-label={name}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs">
          <Text size="sm">of these</Text>
          <CombinatorChoice branch={branch} name={name} />
        </Group>
        <CloseButton aria-label={`Remove ${name}`} onClick={() => change((tree) => without(tree, branch.key))} />
      </Group>
      <BranchRules branch={branch} place={place} name={name} depth={depth} />
    </Stack>
  );
}
