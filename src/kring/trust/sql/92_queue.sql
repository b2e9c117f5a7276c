-- What pages may put in the queue: a task they need, in its turn. All else is put in by the worker, as the clock.
CREATE OR REPLACE FUNCTION trust.put_in_by_pages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'kring_runtime'
    AND (NEW.task_name <> ALL(TG_ARGV) OR NEW.lock IS NOT NULL OR NEW.queueing_lock IS NOT NULL) THEN
    PERFORM trust.refuse('not_yours_to_decide');
  END IF;
  RETURN NEW;
END $$;
