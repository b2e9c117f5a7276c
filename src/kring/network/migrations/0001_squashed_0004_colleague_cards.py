import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.serializers.json
import django.db.models.deletion
import kring.network.models.keys
import uuid
from django.db import migrations, models

from kring.ground.tables import MadeAtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('network', '0001_initial'),
        ('network', '0002_offers_to_rely_on'),
        ('network', '0003_search_and_map'),
        ('network', '0004_colleague_cards'),
    ]

    dependencies = [
        ('trust', '0001_squashed_0032_what_was_done_in_danger'),
    ]

    operations = [MadeAtOnce([
        migrations.CreateModel(
            name='ColleagueCard',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(blank=True, max_length=120, verbose_name='what you do, in plain words')),
                ('words', models.TextField(blank=True, max_length=600, verbose_name='what you can do for a colleague')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None, verbose_name='languages')),
                ('trained', models.JSONField(blank=True, default=list, verbose_name='trained in')),
                ('neighbourhood', models.CharField(blank=True, max_length=120, verbose_name='neighbourhood')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('days', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='days')),
                ('reach', models.CharField(blank=True, max_length=200, verbose_name='how to reach you')),
                ('found_by', models.TextField(blank=True, editable=False)),
                ('written_at', models.DateTimeField(verbose_name='written at')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='colleague_card', to='trust.person')),
            ],
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=250, verbose_name='name')),
                ('summary', models.CharField(blank=True, max_length=200, verbose_name='in one sentence')),
                ('words', models.TextField(blank=True, verbose_name='what happens there')),
                ('status', models.CharField(choices=[('active', 'open'), ('paused', 'not now, later again'), ('closed', 'stopped')], default='active', max_length=8, verbose_name='open now?')),
                ('domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('home', 'home'), ('friends', 'friends'), ('feelings', 'feelings'), ('health', 'health'), ('leisure', 'leisure time'), ('learning', 'learning and talents'), ('school', 'school'), ('money', 'money and papers'), ('safety', 'safety'), ('work', 'work and study choice'), ('neighbourhood', 'neighbourhood')], max_length=20), blank=True, default=list, size=None, verbose_name='life domains')),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('music', 'music'), ('nature', 'nature'), ('sports', 'sports'), ('media', 'media and technology'), ('art', 'art and culture'), ('world', 'the world'), ('neighbourhood', 'the neighbourhood')], max_length=20), blank=True, default=list, size=None, verbose_name='themes')),
                ('youngest', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from which age')),
                ('oldest', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='up to which age')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None, verbose_name='languages spoken there')),
                ('free', models.BooleanField(blank=True, null=True, verbose_name='free of charge')),
                ('cost', models.TextField(blank=True, verbose_name='what it costs')),
                ('schedule', models.CharField(blank=True, max_length=500, verbose_name='when')),
                ('rhythms', models.JSONField(blank=True, default=list, verbose_name='rhythm')),
                ('how_to_get_in', models.TextField(blank=True, verbose_name='how to get in')),
                ('conditions', models.TextField(blank=True, verbose_name='for whom')),
                ('waiting', models.CharField(blank=True, max_length=250, verbose_name='how long one waits')),
                ('website', models.URLField(blank=True, max_length=500, verbose_name='website')),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='whom can one call')),
                ('contact_role', models.CharField(blank=True, max_length=120, verbose_name='what that person does')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=250), blank=True, default=list, size=None, verbose_name='for which neighbourhoods')),
                ('near', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, editable=False, size=None)),
                ('source', models.CharField(blank=True, max_length=80, verbose_name='from which list')),
                ('foreign_id', models.CharField(blank=True, max_length=200, verbose_name='id in that list')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                ('gone_on', models.DateField(blank=True, editable=False, null=True, verbose_name='no longer in the list since')),
                ('extra', models.JSONField(blank=True, default=dict, verbose_name='what else the list says')),
                ('search', kring.network.models.keys.KeysField(default='', editable=False)),
                ('sort_key', models.CharField(default='', editable=False, max_length=250)),
                ('changed_at', models.DateTimeField(editable=False, verbose_name='changed at')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='trust.organisation', verbose_name='organisation')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='trust.village')),
            ],
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=250, verbose_name='name')),
                ('street', models.CharField(blank=True, max_length=250, verbose_name='street and number')),
                ('postcode', models.CharField(blank=True, max_length=20, verbose_name='postcode')),
                ('town', models.CharField(blank=True, max_length=120, verbose_name='town')),
                ('neighbourhood', models.CharField(blank=True, max_length=120, verbose_name='neighbourhood')),
                ('country', models.CharField(blank=True, max_length=60, verbose_name='country')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('access', models.TextField(blank=True, verbose_name='access for everybody')),
                ('source', models.CharField(blank=True, max_length=80, verbose_name='from which list')),
                ('foreign_id', models.CharField(blank=True, max_length=200, verbose_name='id in that list')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                ('extra', models.JSONField(blank=True, default=dict, verbose_name='what else the list says')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='trust.village')),
            ],
        ),
        migrations.CreateModel(
            name='OfferPlace',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spots', to='network.offer')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spots', to='network.place')),
            ],
        ),
        migrations.AddField(
            model_name='offer',
            name='places',
            field=models.ManyToManyField(related_name='offers', through='network.OfferPlace', to='network.place', verbose_name='places'),
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('token_hash', models.BinaryField(max_length=32, null=True, unique=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
            ],
        ),
        migrations.CreateModel(
            name='Keeping',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('confirmed_for', models.CharField(blank=True, max_length=200, verbose_name='confirmed for')),
                ('before', models.JSONField(blank=True, default=dict, verbose_name='what stood there before the last yes')),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('asked_times', models.PositiveSmallIntegerField(default=0)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='kept right by')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='keeping', to='network.offer')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='kept', to='network.question')),
            ],
        ),
        migrations.CreateModel(
            name='SchoolHoliday',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('since', models.DateField(verbose_name='first day')),
                ('until', models.DateField(verbose_name='last day')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='school_holidays', to='trust.village')),
            ],
        ),
        migrations.CreateModel(
            name='Signpost',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('all', 'all offers'), ('place', 'place'), ('language', 'language')], max_length=8, verbose_name='kind')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('offers', models.PositiveIntegerField(verbose_name='offers')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
            ],
        ),
        migrations.CreateModel(
            name='Spelling',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('word', models.CharField(max_length=40, verbose_name='word')),
                ('length', models.PositiveSmallIntegerField(editable=False)),
                ('trigrams', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), editable=False, size=None)),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
            ],
        ),
        migrations.CreateModel(
            name='TownMap',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='name of the list')),
                ('drawing', models.JSONField(editable=False, verbose_name='what is drawn')),
                ('outlines', models.JSONField(editable=False, verbose_name='where each neighbourhood lies')),
                ('drawn_at', models.DateTimeField(editable=False, verbose_name='drawn at')),
                ('drawn_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
            ],
        ),
        migrations.CreateModel(
            name='ImportDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='name of the list')),
                ('source', models.CharField(max_length=80, verbose_name='from which list')),
                ('reading', models.JSONField(default=dict, editable=False, verbose_name='what the list says')),
                ('findings', models.JSONField(default=dict, editable=False, verbose_name='what it would change')),
                ('content', models.BinaryField(null=True)),
                ('before', models.JSONField(default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='what stood there before')),
                ('state', models.CharField(choices=[('waiting', 'waits for its turn'), ('reading', 'is being read'), ('read', 'is read'), ('yes', 'waits to be written'), ('writing', 'is being written'), ('taken over', 'is taken over'), ('stopped', 'is stopped'), ('undone', 'is undone')], default='read', max_length=10)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('hide_gone', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(verbose_name='read at')),
                ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='taken over at')),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('applied_at__isnull', True), ('applied_by__isnull', False), _connector='OR'), name='a_list_taken_over_names_who_did_it')],
            },
        ),
        migrations.CreateModel(
            name='GoodToKnow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('school_holidays', models.CharField(blank=True, choices=[('', 'we have not said'), ('also', 'it goes on in school holidays'), ('closed', 'not in school holidays'), ('only', 'only in school holidays')], default='', max_length=6, verbose_name='in school holidays')),
                ('by_appointment', models.BooleanField(default=False, verbose_name='by appointment')),
                ('different', models.JSONField(blank=True, default=list, verbose_name='days that are different')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True, verbose_name='price')),
                ('with_pass', models.CharField(blank=True, max_length=120, verbose_name='cheaper with a pass')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='good_to_know', to='network.offer')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 0), _connector='OR'), name='a_price_is_not_below_nothing')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(max_length=500, verbose_name='what is different')),
                ('at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='network.offer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('offer', 'words'), name='a_correction_is_said_once')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationCard',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(blank=True, verbose_name='what you are, in plain words')),
                ('website', models.URLField(blank=True, max_length=500, verbose_name='website')),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='whom can one call')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('source', models.CharField(blank=True, max_length=80, verbose_name='from which list')),
                ('foreign_id', models.CharField(blank=True, max_length=200, verbose_name='id in that list')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=64)),
                ('extra', models.JSONField(blank=True, default=dict, verbose_name='what else the list says')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='card', to='trust.organisation')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='trust.village')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('foreign_id', ''), _negated=True), fields=('village', 'foreign_id'), name='a_listed_organisation_stands_here_once')],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('alt', models.CharField(max_length=200, verbose_name='what one sees')),
                ('maker', models.CharField(max_length=120, verbose_name='made by')),
                ('licence', models.CharField(choices=[('permission', 'for this directory only, with permission of the maker'), ('CC BY 4.0', 'everybody may use it and names the maker (CC BY 4.0)'), ('CC BY-SA 4.0', 'everybody may use it, and shares it the same way (CC BY-SA 4.0)'), ('CC0 1.0', 'everybody may use it for anything (CC0)')], max_length=14, verbose_name='who may use it')),
                ('large', models.BinaryField()),
                ('small', models.BinaryField()),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='network.offer')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('offer', 'digest'), name='a_picture_hangs_at_an_offer_once'), models.CheckConstraint(condition=models.Q(models.Q(('alt', ''), _negated=True), models.Q(('maker', ''), _negated=True)), name='a_picture_says_what_one_sees_and_who_made_it')],
            },
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(condition=models.Q(('foreign_id', ''), _negated=True), fields=('village', 'foreign_id'), name='a_listed_place_stands_here_once'),
        ),
        migrations.AddConstraint(
            model_name='offerplace',
            constraint=models.UniqueConstraint(fields=('offer', 'place'), name='an_offer_is_once_at_a_place'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=models.Index(fields=['village', 'sort_key', 'id'], name='offers_of_a_village_by_name'),
        ),
        migrations.AddIndex(
            model_name='offer',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='offers_by_their_keys'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.UniqueConstraint(condition=models.Q(('foreign_id', ''), _negated=True), fields=('village', 'foreign_id'), name='a_listed_offer_stands_here_once'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('youngest__isnull', True), ('oldest__isnull', True), ('youngest__lte', models.F('oldest')), _connector='OR'), name='the_youngest_is_not_older_than_the_oldest'),
        ),
        migrations.AddConstraint(
            model_name='keeping',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('confirmed_for', ''), _negated=True), _connector='OR'), name='who_confirms_an_offer_says_for_whom'),
        ),
        migrations.AddConstraint(
            model_name='schoolholiday',
            constraint=models.CheckConstraint(condition=models.Q(('since__lte', models.F('until'))), name='a_holiday_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='schoolholiday',
            constraint=models.UniqueConstraint(fields=('village', 'since', 'until'), name='a_holiday_stands_in_the_calendar_once'),
        ),
        migrations.AddConstraint(
            model_name='signpost',
            constraint=models.UniqueConstraint(fields=('village', 'kind', 'name'), name='a_signpost_stands_once_in_a_village'),
        ),
        migrations.AddIndex(
            model_name='spelling',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['trigrams'], name='spellings_by_their_parts'),
        ),
        migrations.AddConstraint(
            model_name='spelling',
            constraint=models.UniqueConstraint(fields=('village', 'word'), name='a_word_stands_once_in_a_directory'),
        ),
        migrations.AddIndex(
            model_name='townmap',
            index=models.Index(fields=['village', '-drawn_at'], name='the_map_drawn_last'),
        ),
    ])]
