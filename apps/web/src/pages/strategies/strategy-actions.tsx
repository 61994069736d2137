import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { may, useSession } from '../../session/session';
import { ButtonLink } from '../../shell/links';
import { ChangeRulesDialog } from './change-rules-dialog';
import { ArchiveDialog, CloneDialog, DemoteDialog, EditDialog } from './lifecycle-dialogs';
import type { Strategy } from './queries';

type Open = 'rules' | 'edit' | 'clone' | 'demote' | 'archive' | null;

/** What can be done with a strategy as a whole. */
export function StrategyActions({ strategy }: { strategy: Strategy }) {
  const session = useSession();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const mayWrite = may(session, 'research:write');
  const archived = strategy.status === 'archived';
  return (
    <>
      {!archived && may(session, 'trade:write') && strategy.kind !== 'universe' && (
        <ButtonLink to="/deployments/new" search={{ strategy: strategy.id }}>
          Deploy
        </ButtonLink>
      )}
      {mayWrite && !archived && <ChangeRules strategy={strategy} onDocument={() => setOpen('rules')} />}
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Button variant="default">More</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayWrite && !archived && <Menu.Item onClick={() => setOpen('edit')}>Rename or describe</Menu.Item>}
          {mayWrite && <Menu.Item onClick={() => setOpen('clone')}>Clone</Menu.Item>}
          <Menu.Item component="a" href={`/api/strategies/${strategy.id}/export`} download={`${strategy.name}.json`}>
            Export as JSON
          </Menu.Item>
          {mayWrite && strategy.promoted_revision !== null && (
            <Menu.Item onClick={() => setOpen('demote')}>Take the promotion back</Menu.Item>
          )}
          {mayWrite && !archived && (
            <Menu.Item color="red" onClick={() => setOpen('archive')}>
              Archive
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ChangeRulesDialog strategy={strategy} opened={open === 'rules'} onClose={close} />
      <EditDialog key={`edit ${strategy.version}`} strategy={strategy} opened={open === 'edit'} onClose={close} />
      <CloneDialog strategy={strategy} opened={open === 'clone'} onClose={close} />
      <DemoteDialog strategy={strategy} opened={open === 'demote'} onClose={close} />
      <ArchiveDialog strategy={strategy} opened={open === 'archive'} onClose={close} />
    </>
  );
}

/** Rules that are kept by themselves are changed in the builder, those of a document in it. */
function ChangeRules({ strategy, onDocument }: { strategy: Strategy; onDocument: () => void }) {
  const { id, kind, signal_logic_id: signal } = strategy;
  if (kind !== 'pipeline') {
    return (
      <Button variant="default" onClick={onDocument}>
        Change rules
      </Button>
    );
  }
  const search = { strategy: id };
  return signal === null ? (
    <ButtonLink to="/signals/new" search={search} variant="default">
      Add rules
    </ButtonLink>
  ) : (
    <ButtonLink to="/signals/$id" params={{ id: signal }} search={search} variant="default">
      Change rules
    </ButtonLink>
  );
}
