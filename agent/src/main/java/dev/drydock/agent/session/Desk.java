package dev.drydock.agent.session;

import dev.drydock.agent.run.Runs;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.PlanReport;
import dev.drydock.proto.agent.v1.PlanRequest;
import io.grpc.Channel;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers, plans and plans with downloads: each kind has one thread, which is there only while there is something to do, so that a
 * plan that takes minutes keeps no offer waiting, and a download no plan. No answer is given where the controller's asking again can help.
 */
final class Desk implements AutoCloseable {
    private static final int WAITING = 64;
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final Runs runs;
    private final PlaybookSource playbooks;
    private final Consumer<AgentMessage> answers;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor offers = executor("offers");
    private final ThreadPoolExecutor plans = executor("plans");
    private final ThreadPoolExecutor fetches = executor("fetches");

    /** @param answers takes them on any thread and returns at once */
    Desk(Runs runs, PlaybookSource playbooks, Consumer<AgentMessage> answers) {
        this.runs = runs;
        this.playbooks = playbooks;
        this.answers = answers;
    }

    private static ThreadPoolExecutor executor(String name) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofVirtual().name(name).factory());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** An offer that is under way already is not begun twice. */
    void offer(Offer offer, Channel channel) {
        if (!underWay.add(offer.getRunId())) {
            return;
        }
        boolean begun = submit(offers, "offer of run " + offer.getRunId(), () -> {
            try {
                answerOffer(offer, channel);
            } finally {
                underWay.remove(offer.getRunId());
            }
        });
        if (!begun) {
            underWay.remove(offer.getRunId());
        }
    }

    private void answerOffer(Offer offer, Channel channel) {
        OfferReply reply;
        try {
            byte[] envelope =
                    runs.knows(offer.getRunId()) ? new byte[0] : playbooks.envelope(offer.getPlaybookDigest(), channel);
            reply = runs.offer(offer, envelope);
        } catch (PlaybookSource.UnavailableException e) {
            LOG.warn("run {} is refused: {}", offer.getRunId(), e.getMessage());
            reply = OfferReply.newBuilder()
                    .setRunId(offer.getRunId())
                    .setAccepted(false)
                    .setReason(String.valueOf(e.getMessage()))
                    .setReasonCode(e.code())
                    .build();
        } catch (IOException e) {
            LOG.warn("the offer of run {} gets no answer yet: {}", offer.getRunId(), e.getMessage());
            return;
        }
        answers.accept(AgentMessage.newBuilder().setOfferReply(reply).build());
    }

    void plan(PlanRequest request, Channel channel) {
        submit(request.getFetch() ? fetches : plans, "plan " + request.getRequestId(), () -> {
            try {
                answerPlan(request, channel);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void answerPlan(PlanRequest request, Channel channel) throws InterruptedException {
        PlanReport report;
        try {
            report = runs.plan(request, playbooks.envelope(request.getPlaybookDigest(), channel));
        } catch (PlaybookSource.UnavailableException | IOException e) {
            report = PlanReport.newBuilder()
                    .setRequestId(request.getRequestId())
                    .setRefused(true)
                    .setReason(String.valueOf(e.getMessage()))
                    .build();
        }
        answers.accept(AgentMessage.newBuilder().setPlanReport(report).build());
    }

    private static boolean submit(ThreadPoolExecutor executor, String what, Runnable task) {
        try {
            executor.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.error("{} failed in a way it should not", what, e);
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            LOG.warn("{} is skipped: the agent stops, or {} wait already", what, WAITING);
            return false;
        }
    }

    @Override
    public void close() {
        offers.shutdownNow();
        plans.shutdownNow();
        fetches.shutdownNow();
    }
}
