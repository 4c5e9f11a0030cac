import {
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  FilterMenu,
  FilterText,
  Problem,
  Section,
  SidePanel,
} from '@task-connect/console';
import { useState } from 'react';
import { t } from '../../t.ts';
import css from './about.module.css';
import { type Licence, useLicences, useLicenceText } from './queries.ts';

const columns: readonly Column<Licence>[] = [
  { key: 'name', title: t('Package'), cell: ({ name }) => name },
  { key: 'version', title: t('Version'), cell: ({ version }) => version },
  { key: 'licence', title: t('Licence'), cell: ({ licence }) => licence },
];

/** The packages of others that are shipped, with the text of each licence. */
export function Licences() {
  const { data, problem, refresh } = useLicences();
  const [text, setText] = useState('');
  const [licence, setLicence] = useState<string | null>(null);
  const [open, setOpen] = useState<Licence>();
  const kinds = [...new Set(data?.items.map((one) => one.licence))].toSorted();
  const found = data?.items.filter(
    (one) => one.name.includes(text.toLowerCase()) && (licence === null || one.licence === licence),
  );
  return (
    <Section title={t('Licences')} note={data && t('{count} packages of others', { count: data.items.length })}>
      <FilterBar>
        <FilterText value={text} onChange={setText} hint={t('Package')} />
        <FilterMenu
          label={t('Licence')}
          value={licence}
          options={kinds.map((kind) => ({ value: kind, title: kind }))}
          onChange={setLicence}
          all={t('any licence')}
        />
      </FilterBar>
      <Problem problem={problem} retry={refresh} />
      {!problem && (
        <DataTable<Licence>
          quiet
          label={t('Licences')}
          columns={columns}
          rows={found}
          rowKey={({ name, version }) => `${name}@${version}`}
          onOpen={setOpen}
          mark={(one) => (one === open ? 'open' : undefined)}
          empty={
            <EmptyState icon="package" title={t('No such package')}>
              {t('Take a part of its name, or another licence.')}
            </EmptyState>
          }
        />
      )}
      {open && <LicencePanel licence={open} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

function LicencePanel({ licence, onClose }: { licence: Licence; onClose(): void }) {
  const { data, problem, refresh } = useLicenceText(licence);
  return (
    <SidePanel title={`${licence.name} ${licence.version}`} onClose={onClose}>
      <p className={css.kind}>
        {licence.licence}
        {licence.homepage && (
          <>
            {' · '}
            <a href={licence.homepage} rel="noreferrer noopener" target="_blank">
              {licence.homepage.replace(/^https?:\/\//, '')}
            </a>
          </>
        )}
      </p>
      <Problem problem={problem} retry={refresh} />
      {!licence.hasText && <p>{t('The package holds no text of its licence; its name above says which it is.')}</p>}
      {data && <pre className={css.text}>{data.text}</pre>}
    </SidePanel>
  );
}
