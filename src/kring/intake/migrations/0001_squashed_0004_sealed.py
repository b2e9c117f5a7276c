import django.db.models.deletion
import uuid
from django.db import migrations, models

from kring.ground.tables import MadeAtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('intake', '0001_initial'),
        ('intake', '0002_told_locked'),
        ('intake', '0003_told_readable_no_more'),
        ('intake', '0004_sealed'),
    ]

    dependencies = [
        ('trust', '0001_squashed_0032_what_was_done_in_danger'),
    ]

    operations = [MadeAtOnce([
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('told_locked', models.BinaryField(default=b'', verbose_name='what was told, written locked')),
                ('reachable', models.BooleanField(default=False, verbose_name='the one who asks said how to reach them')),
                ('asker_kind', models.CharField(blank=True, choices=[('teacher', 'teacher or school'), ('parent', 'parent or caregiver'), ('young', 'child or young person'), ('neighbour', 'neighbour, friend or relative'), ('other', 'somebody else who works with children')], max_length=10, verbose_name='who asks')),
                ('family_knows', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('not yet', 'Not yet, help me tell them'), ('myself', 'It is about me or my own family')], max_length=8, verbose_name='does the family know')),
                ('language', models.CharField(default='en', max_length=12, verbose_name='language')),
                ('wants_help_now', models.BooleanField(default=False, verbose_name='a child asks for help')),
                ('channel', models.CharField(choices=[('page', 'the page'), ('poster', 'a poster'), ('phone', 'a call'), ('talk', 'a talk'), ('paper', 'a letter or a note')], default='page', max_length=6, verbose_name='how it came in')),
                ('state', models.CharField(choices=[('received', 'received'), ('taken up', 'somebody has taken it up'), ('talked', 'we talked'), ('done', 'done'), ('not done', 'not done')], default='received', max_length=10, verbose_name='state')),
                ('answer_by', models.DateTimeField(verbose_name='answered before')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken up at')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='first answered at')),
                ('family_yes_at', models.DateTimeField(blank=True, null=True, verbose_name='the family said yes at')),
                ('outcome', models.CharField(blank=True, choices=[('talked', 'we talked and that was enough'), ('goes on', 'somebody goes on with it'), ('elsewhere', 'somebody else helps'), ('not reached', 'we did not reach you'), ('not for us', 'we cannot do this here'), ('not wanted', 'the family does not want this now'), ('nobody', 'nobody took it up in time')], max_length=12, verbose_name='how it ended')),
                ('reason', models.TextField(blank=True, verbose_name='the reason told to the one who asked')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed at')),
                ('forgotten_at', models.DateTimeField(blank=True, null=True, verbose_name='what was told was deleted at')),
                ('receipt_hash', models.BinaryField(max_length=32, unique=True)),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('on_duty', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('stand_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('written_down_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written down by')),
            ],
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField(verbose_name='since')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='on duty')),
                ('stand_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='stands in')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='trust.village')),
            ],
            options={
                'verbose_name_plural': 'duties',
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('kind', models.CharField(choices=[('first answer', 'the first answer'), ('word', 'a promise')], default='word', max_length=12)),
                ('object_id', models.UUIDField(blank=True, null=True)),
                ('what', models.CharField(blank=True, max_length=300, verbose_name='what was promised')),
                ('to_whom', models.CharField(blank=True, max_length=120, verbose_name='to whom')),
                ('to_asker', models.BooleanField(default=False, verbose_name='promised to the one who asked')),
                ('due_at', models.DateTimeField(verbose_name='before')),
                ('kept_at', models.DateTimeField(blank=True, null=True, verbose_name='kept at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='not needed any more since')),
                ('reminders', models.PositiveSmallIntegerField(default=0, verbose_name='reminders sent')),
                ('asked_true_on', models.DateField(blank=True, null=True, verbose_name='asked whether it was true on')),
                ('was_true', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No')], max_length=6, verbose_name='was it true')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='who promised')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('concern', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='intake.concern')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
            ],
        ),
        migrations.CreateModel(
            name='PromiseChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('was_due_at', models.DateTimeField(verbose_name='was promised before')),
                ('due_at', models.DateTimeField(verbose_name='is now promised before')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why')),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='intake.promise')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
            ],
        ),
        migrations.CreateModel(
            name='Sealed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('kind', models.CharField(choices=[('teller', 'who told us'), ('address', 'a safe address'), ('papers', 'what a court wrote')], max_length=8, verbose_name='what is sealed')),
                ('words_locked', models.BinaryField(default=b'', verbose_name='the words, written locked')),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TalkNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('text_locked', models.BinaryField(default=b'', verbose_name='what was said, written locked')),
                ('reached', models.BooleanField(default=True, verbose_name='we reached each other')),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='intake.concern')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
            ],
        ),
        migrations.CreateModel(
            name='WeekOfAnswers',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('week_of', models.DateField(verbose_name='week of')),
                ('answered', models.PositiveIntegerField(default=0)),
                ('answer_hours', models.PositiveIntegerField(default=0)),
                ('promises_due', models.PositiveIntegerField(default=0)),
                ('promises_kept', models.PositiveIntegerField(default=0)),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
            ],
            options={
                'verbose_name_plural': 'weeks of answers',
            },
        ),
        migrations.CreateModel(
            name='Beginning',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('wanted', models.TextField(verbose_name="what is wanted, in the family's words")),
                ('worded_with', models.CharField(blank=True, max_length=120, verbose_name='worded together with')),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
            ],
            options={
                'indexes': [models.Index(fields=['circle', 'at'], name='beginnings_of_a_circle')],
            },
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['circle', 'state'], name='concerns_of_a_circle'),
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['at'], name='concerns_by_moment'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'received'), ('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('state', 'received'), _negated=True), _connector='OR'), name='what_is_only_received_nobody_has_taken_up'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('outcome__gt', ''), ('state__in', ['done', 'not done'])), models.Q(('closed_at__isnull', True), ('outcome', ''), ('state__in', ['received', 'taken up', 'talked'])), _connector='OR'), name='a_concern_ends_with_an_outcome_and_a_day'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='a_duty_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='duty',
            constraint=models.CheckConstraint(condition=models.Q(('stand_in__isnull', True), models.Q(('stand_in', models.F('person')), _negated=True), _connector='OR'), name='nobody_stands_in_for_themselves'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['circle', 'due_at'], name='promises_of_a_circle'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('kept_at__isnull', True)), fields=['by', 'due_at'], name='open_promises_of_a_person'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['concern'], name='promises_of_a_concern'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('was_true', '')), models.Q(('answered_at__isnull', False), ('was_true__gt', '')), _connector='OR'), name='an_answer_to_was_it_true_has_a_moment'),
        ),
        migrations.AddIndex(
            model_name='promisechange',
            index=models.Index(fields=['promise', 'at'], name='changes_of_a_promise'),
        ),
        migrations.AddIndex(
            model_name='talknote',
            index=models.Index(fields=['concern', 'at'], name='notes_of_a_first_talk'),
        ),
        migrations.AddConstraint(
            model_name='weekofanswers',
            constraint=models.UniqueConstraint(fields=('village', 'week_of'), name='a_week_is_counted_once'),
        ),
    ])]
