import { Button, EmptyState, navigate, useAdministrator } from '@task-connect/console';
import { t } from '../../t.ts';

/** Nothing to show: because nothing is on, or because the person has put everything away. */
export function NothingToday({ hidden, onArrange }: { hidden: boolean; onArrange(): void }) {
  const administrator = useAdministrator();
  if (hidden) {
    return (
      <EmptyState
        icon="adjustments-horizontal"
        title={t('You have hidden everything')}
        actions={<Button onClick={onArrange}>{t('Arrange')}</Button>}
      >
        {t('What plugins have to say of the day can be shown again, each by itself.')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="plug"
      title={t('Nothing is switched on yet')}
      actions={
        administrator && (
          <Button variant="filled" onClick={() => navigate('/platform/plugins')}>
            {t('Choose plugins')}
          </Button>
        )
      }
    >
      {administrator
        ? t(
            'Tasks, notifications and all the rest are plugins. Enable one, and it stands here and in the menu at once.',
          )
        : t('The day fills with what plugins bring. Whoever runs this platform switches them on.')}
    </EmptyState>
  );
}
