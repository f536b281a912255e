package dev.drydock.controller.web.page;

import com.google.protobuf.Timestamp;
import dev.drydock.controller.web.http.Asked;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.ClockTally;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractReportRequest;
import dev.drydock.proto.v1.ContractReportResponse;
import dev.drydock.proto.v1.ContractServiceGrpc;
import dev.drydock.proto.v1.ContractServiceGrpc.ContractServiceBlockingStub;
import dev.drydock.proto.v1.GetContractRequest;
import dev.drydock.proto.v1.ListContractsRequest;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;

/** What was promised to clients, and how it was kept in a month. */
public final class ContractsPage {
    private static final String PART = "contracts";

    public Reply list(Request request) {
        return Reply.page("contracts", PART, "Contracts", new View(Asked.of(() -> contracts(request)
                .listContracts(ListContractsRequest.getDefaultInstance())
                .getContractsList())));
    }

    /** Months are those of the contract's zone, whoever reads. */
    public Reply show(Request request) {
        Contract contract = contracts(request)
                .getContract(GetContractRequest.newBuilder()
                        .setName(request.path("name"))
                        .build());
        ZoneId zone = ZoneId.of(contract.getZone());
        YearMonth now = YearMonth.from(request.when().now().atZone(zone));
        String wanted = request.query("month");
        YearMonth month = wanted.matches("20[0-9]{2}-(0[1-9]|1[0-2])") ? YearMonth.parse(wanted) : now;
        ContractReportResponse report = contracts(request)
                .contractReport(ContractReportRequest.newBuilder()
                        .setContract(contract.getName())
                        .setFrom(start(month, zone))
                        .setTo(start(month.plusMonths(1), zone))
                        .build());
        return Reply.page("contract", PART, contract.getName(), new One(contract, report, month, month.isBefore(now)));
    }

    private static Timestamp start(YearMonth month, ZoneId zone) {
        return Timestamp.newBuilder()
                .setSeconds(month.atDay(1).atStartOfDay(zone).toEpochSecond())
                .build();
    }

    private static ContractServiceBlockingStub contracts(Request request) {
        return request.api().calls(ContractServiceGrpc::newBlockingStub);
    }

    public record View(Asked<List<Contract>> contracts) {}

    /** @param over the month is */
    public record One(Contract contract, ContractReportResponse report, YearMonth month, boolean over) {
        public String tally(ClockTally tally) {
            return tally.getMet() + " met, " + tally.getMissed() + " missed"
                    + (tally.getRunning() > 0 ? ", " + tally.getRunning() + " running" : "")
                    + (tally.getUnpromised() > 0 ? ", " + tally.getUnpromised() + " without a promise" : "");
        }
    }
}
