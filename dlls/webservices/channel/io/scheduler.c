/* SPDX-License-Identifier: MIT */
/* scheduler.c - see scheduler.h. */
#include "scheduler.h"

#include "reactor.h"
#include "thread.h"

#include "base/compiler.h"

/* In milliseconds: how long a thread without work stays; how often there is one more than a few. */
#define IDLE_TIME   10000
#define GROWTH_TIME 10

/* How long a call of the program may take before another thread leads, and how long such calls are then expected. */
#define WATCH_TIME 2
#define EAGER_TIME 10000

/* A thread stops watching when the program has not been called so many times in a row. */
#define WATCH_QUIET 10

static struct
{
    struct mutex lock;
    struct condition work_came, thread_ended;
    struct work *first, **last;
    unsigned threads, idle, few;
    unsigned held;
    enum
    {
        NOBODY,  /* a thread that has not blocked will lead next */
        POLLING, /* one waits in the reactor */
        RUNNING  /* the one that has led carries on with an operation, and will go back */
    } lead;
    uintptr_t leader;
    bool in_program;  /* the one that is RUNNING has called the program */
    unsigned calls;   /* of the program, by leaders */
    bool watched;     /* a thread looks whether they last */
    bool watch_asked; /* one is to begin with that */
    uint64_t eager_until;
    uint64_t last_growth;
    bool open, stopping;
} scheduler = {
    .lock = MUTEX_INIT, .work_came = CONDITION_INIT, .thread_ended = CONDITION_INIT, .last = &scheduler.first};

static void run_thread(void *argument);

static bool add_thread(void)
{
    if (scheduler.threads >= SCHEDULER_MOST_THREADS || scheduler.stopping || !thread_start(run_thread, NULL))
        return false;
    scheduler.threads++;
    return true;
}

/* There is work, or nobody leads. */
static void call_help(void)
{
    if (scheduler.idle)
        condition_signal(&scheduler.work_came);
    else if (scheduler.threads < scheduler.few && add_thread())
        return;
    else if (scheduler.lead == POLLING)
        reactor_wake();
    else if (scheduler.lead == NOBODY || scheduler.in_program)
        add_thread();
}

static struct work *take_work(void)
{
    struct work *work = scheduler.first;

    if (work && !(scheduler.first = work->next))
        scheduler.last = &scheduler.first;
    return work;
}

static void add_work(struct work *list)
{
    *scheduler.last = list;
    while (*scheduler.last)
        scheduler.last = &(*scheduler.last)->next;
}

static bool is_leader(void)
{
    return scheduler.lead == RUNNING && scheduler.leader == thread_self();
}

/*
 * Waits in the reactor, and returns when the calling thread is to carry on with an operation, or to look around. False:
 * there has been nothing to do for so long that it may end.
 */
static bool lead(void)
{
    uint64_t begin = clock_now(), deadline = begin + IDLE_TIME;
    struct work *list, *rest;

    scheduler.lead = POLLING;
    if (scheduler.first)
    {
        /* All others are busy. */
        deadline = begin + GROWTH_TIME;
        if (begin - scheduler.last_growth >= GROWTH_TIME && add_thread())
            scheduler.last_growth = begin;
    }
    mutex_unlock(&scheduler.lock);
    list = reactor_poll(deadline);
    mutex_lock(&scheduler.lock);
    scheduler.lead = RUNNING;
    scheduler.leader = thread_self();
    add_work(list);
    /* One is for this thread. */
    for (rest = scheduler.first ? scheduler.first->next : NULL; rest; rest = rest->next)
    {
        if (scheduler.idle)
            condition_signal(&scheduler.work_came);
        else if (scheduler.threads >= scheduler.few || !add_thread())
            break;
    }
    return scheduler.first || scheduler.held || clock_now() - begin < IDLE_TIME;
}

/*
 * Waits for work, and if that is asked for watches the one that leads: the program may hold it up. False: there has
 * been no work for so long that the calling thread is to end.
 */
static bool be_idle(void)
{
    unsigned calls = 0, quiet = 0;
    bool watches = false, woken;

    for (;;)
    {
        if (!watches && scheduler.watch_asked)
        {
            scheduler.watch_asked = false;
            scheduler.watched = watches = true;
            calls = scheduler.calls;
            quiet = 0;
        }
        scheduler.idle++;
        woken = condition_wait(&scheduler.work_came, &scheduler.lock, clock_after(watches ? WATCH_TIME : IDLE_TIME));
        scheduler.idle--;
        if (scheduler.first || scheduler.lead == NOBODY || scheduler.stopping)
            break;
        if (woken || (!watches && scheduler.watch_asked))
            continue; /* to watch, or for what another thread has done already */
        if (!watches)
            return false;
        if (calls != scheduler.calls)
        {
            calls = scheduler.calls;
            quiet = 0;
        }
        else if (scheduler.in_program)
        {
            scheduler.lead = NOBODY;
            scheduler.in_program = false;
            scheduler.eager_until = clock_after(EAGER_TIME);
            break;
        }
        else if (++quiet == WATCH_QUIET)
            scheduler.watched = watches = false;
    }
    if (watches)
    {
        scheduler.watched = false;
        scheduler.watch_asked = scheduler.in_program;
    }
    return true;
}

/* Whether the leader can carry on with an operation, for another one could lead if that should block. */
static bool can_be_replaced(void)
{
    return scheduler.idle || scheduler.threads < scheduler.few;
}

static void run_thread(void *argument)
{
    struct work *work;
    bool leads;

    (void)argument;
    mutex_lock(&scheduler.lock);
    for (;;)
    {
        if ((leads = is_leader()))
            scheduler.in_program = false;
        if (scheduler.first && (!leads || can_be_replaced()))
        {
            work = take_work();
            mutex_unlock(&scheduler.lock);
            work->run(work);
            mutex_lock(&scheduler.lock);
            continue;
        }
        if (scheduler.stopping)
            break;
        if (leads || scheduler.lead == NOBODY)
        {
            if (lead())
                continue;
            if (scheduler.threads == 1)
                break;
        }
        else if (!be_idle())
            break;
    }
    if (is_leader())
        scheduler.lead = NOBODY;
    if (!--scheduler.threads)
        condition_broadcast(&scheduler.thread_ended);
    mutex_unlock(&scheduler.lock);
}

bool scheduler_hold(void)
{
    bool held;

    mutex_lock(&scheduler.lock);
    if (!scheduler.open && (scheduler.open = reactor_open()))
    {
        /* Enough for all processors while some of the threads wait for one another. */
        scheduler.few = thread_processors() + 2;
    }
    if ((held = scheduler.open && !scheduler.stopping && (scheduler.threads || add_thread())))
        scheduler.held++;
    mutex_unlock(&scheduler.lock);
    return held;
}

void scheduler_drop(void)
{
    mutex_lock(&scheduler.lock);
    scheduler.held--;
    mutex_unlock(&scheduler.lock);
}

void scheduler_push(struct work *work)
{
    mutex_lock(&scheduler.lock);
    work->next = NULL;
    add_work(work);
    /* A leader that carries on with an operation looks here when it comes back. */
    if (scheduler.lead != RUNNING || scheduler.in_program || scheduler.idle)
        call_help();
    mutex_unlock(&scheduler.lock);
}

void scheduler_blocks(void)
{
    mutex_lock(&scheduler.lock);
    if (is_leader())
    {
        scheduler.calls++;
        scheduler.in_program = (scheduler.watched || scheduler.idle) && clock_now() >= scheduler.eager_until;
        if (!scheduler.in_program)
            scheduler.lead = NOBODY;
    }
    if (scheduler.in_program && !scheduler.watched)
        scheduler.watch_asked = true;
    if (scheduler.threads && (scheduler.lead == NOBODY || scheduler.first || scheduler.watch_asked))
        call_help();
    mutex_unlock(&scheduler.lock);
}

void scheduler_release(void)
{
    mutex_lock(&scheduler.lock);
    scheduler.stopping = true;
    condition_broadcast(&scheduler.work_came);
    if (scheduler.open)
        reactor_wake();
    while (scheduler.threads)
        condition_wait(&scheduler.thread_ended, &scheduler.lock, CLOCK_NEVER);
    scheduler.stopping = false;
    if (scheduler.open)
        reactor_close();
    scheduler.open = false;
    mutex_unlock(&scheduler.lock);
}
