import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("trust", "0004_withdrawals"),
        ("wraparound", "0007_paths_and_learning"),
    ]

    operations = [
        migrations.AddField(
            model_name="preparation",
            name="how",
            field=models.CharField(choices=[("typed", "typed"), ("link", "by a link"), ("spoken", "said aloud, in person"), ("paper", "written on paper")], default="typed", max_length=6, verbose_name="how it was said"),
        ),
        migrations.AddField(
            model_name="preparation",
            name="written_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.person", verbose_name="written down by"),
        ),
        migrations.AddField(
            model_name="preparation",
            name="said_on",
            field=models.DateField(blank=True, null=True, verbose_name="said on"),
        ),
        migrations.AddField(
            model_name="preparation",
            name="interpreter",
            field=models.CharField(blank=True, max_length=120, verbose_name="who helped with the language"),
        ),
        migrations.AddField(
            model_name="participant",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="told at"),
        ),
        migrations.CreateModel(
            name="Interpreter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="at")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("reach", models.CharField(blank=True, max_length=200, verbose_name="telephone or e-mail")),
                ("speakers", models.JSONField(default=list, verbose_name="who speaks this language")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                ("about", models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.person")),
                ("author", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.person", verbose_name="written by")),
                ("circle", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.circle", verbose_name="circle")),
                ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="interpreters", to="wraparound.meeting")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.person")),
                ("subject", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trust.person", verbose_name="about")),
            ],
        ),
        migrations.AddIndex(
            model_name="interpreter",
            index=models.Index(fields=["meeting"], name="interpreters_of_a_meeting"),
        ),
    ]
