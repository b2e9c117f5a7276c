import django.db.models.deletion
import uuid
from django.db import migrations, models

from kring.ground.tables import MadeAtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('messaging', '0001_initial'),
        ('messaging', '0002_calls_and_attempts'),
    ]

    dependencies = [
        ('trust', '0001_squashed_0032_what_was_done_in_danger'),
    ]

    operations = [MadeAtOnce([
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('way', models.CharField(choices=[('call', 'call'), ('whatsapp', 'WhatsApp'), ('sms', 'text message'), ('e-mail', 'e-mail'), ('letter', 'letter'), ('visit', 'drop in')], max_length=8, verbose_name='in which way')),
                ('on', models.DateField(verbose_name='on which day')),
                ('reached', models.BooleanField(default=False, verbose_name='we spoke')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='what happened')),
                ('next_words', models.CharField(blank=True, max_length=200, verbose_name='next time')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='next time on')),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
            ],
            options={
                'indexes': [models.Index(fields=['circle', 'on'], name='attempts_of_a_circle')],
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField(verbose_name='since')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='told at')),
                ('words', models.CharField(blank=True, max_length=200, verbose_name='how it went')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('told_at__isnull', True)), fields=('circle', 'person'), name='one_open_call_per_person'), models.CheckConstraint(condition=models.Q(models.Q(('told_at__isnull', True), ('told_by__isnull', True)), models.Q(('told_at__isnull', False), ('told_by__isnull', False)), _connector='OR'), name='who_told_it_stands_beside_when')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('object_id', models.UUIDField()),
                ('channel', models.CharField(choices=[('email', 'e-mail'), ('sms', 'text message'), ('whatsapp', 'WhatsApp'), ('paper', 'paper')], default='email', max_length=8)),
                ('language', models.CharField(default='en', max_length=12)),
                ('state', models.CharField(choices=[('queued', 'on its way'), ('sent', 'sent'), ('failed', 'did not arrive'), ('not wanted', 'not needed any more'), ('to tell', 'somebody tells it')], default='queued', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('once', models.BooleanField(default=False)),
                ('queued_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
            ],
            options={
                'indexes': [models.Index(fields=['object_id'], name='letters_about_an_object')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('once', True)), fields=('kind', 'object_id', 'person'), name='some_letters_go_once_only', nulls_distinct=False)],
            },
        ),
    ])]
